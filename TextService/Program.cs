using Museum.TextService;

await TextServiceHost.Build(args).RunAsync();
