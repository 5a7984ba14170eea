using Museum.ServiceDefaults.Hosting;
using Museum.TextService.Curators;
using Museum.TextService.Grpc;
using Museum.TextService.Http;
using Museum.TextService.Srs;

namespace Museum.TextService;

/// <summary>The whole service, ready to run.</summary>
internal static class TextServiceHost
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("textservice");
        builder.AddTextService();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapText();
        app.MapExhibitTexts();
        app.MapCurators();
        app.MapSrs();
        app.MapGrpcService<GuideService>();
        return app;
    }
}
