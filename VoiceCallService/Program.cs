using Museum.ServiceDefaults.Hosting;
using Museum.VoiceCallService;
using Museum.VoiceCallService.Quality;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Tickets;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("voicecallservice");
builder.AddVoiceCalls();

var app = builder.Build();
app.MapDefaultEndpoints();
app.Use(PairingUpgrade.PrepareAsync);
app.UseWebSockets();
app.MapVoice();
app.MapRealtime();
app.MapVoiceQuality();
app.Run();
