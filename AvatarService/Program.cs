using Museum.AvatarService;

WebApplication.CreateBuilder(args).AddAvatarService().Build().MapAvatarService().Run();
