using Museum.AudioService;

WebApplication.CreateBuilder(args).AddAudioService().Build().MapAudioService().Run();
