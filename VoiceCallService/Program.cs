using Museum.ServiceDefaults.Hosting;
using Museum.VoiceCallService;
using Museum.VoiceCallService.Realtime;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("voicecallservice");
builder.AddVoiceCalls();

var app = builder.Build();
app.MapDefaultEndpoints();
app.Use(PairingUpgrade.PrepareAsync);
app.UseWebSockets();
app.MapRealtime();
app.Run();
