using Museum.Gateway;

await GatewayHost.Create(args).RunAsync();
