using Museum.SessionService;

await SessionServiceHost.Create(args).RunAsync();
