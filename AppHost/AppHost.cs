// The architecture as code: what there is, and who calls whom. How a service is run stands in Services/, what keeps it running in
// Running/. Nothing waits for Redis or RabbitMQ: services start without them and say what is missing.
using Museum.AppHost.Running;
using Museum.AppHost.Services;

var builder = DistributedApplication.CreateBuilder(args);
var museum = MuseumSettings.Read(builder);

var llmKey = builder.AddParameter("llm-api-key", () => museum.Parameter("llm-api-key"), secret: true);
var llmBaseUrl = builder.AddParameter("llm-base-url", () => museum.Parameter("llm-base-url"));
var llmModel = builder.AddParameter("llm-model", () => museum.Parameter("llm-model"));
var postgres = builder.AddParameter("postgres", () => museum.Parameter("postgres"), secret: true);

var redis = builder.AddRedis("redis").WithDataVolume();
var messaging = builder.AddRabbitMQ("messaging").WithDataVolume();

var session = builder.AddService<Projects.SessionService>("sessionservice", museum)
    .WithGrpc()
    .WithReference(redis).WithReference(messaging);

var text = builder.AddService<Projects.TextService>("textservice", museum)
    .WithGrpc()
    .WithReference(redis).WithReference(messaging).WithReference(session)
    .WithEnvironment("ConnectionStrings__postgres", postgres)
    .WithEnvironment("Llm__ApiKey", llmKey)
    .WithEnvironment("Llm__BaseUrl", llmBaseUrl)
    .WithEnvironment("Llm__Model", llmModel);

var audio = builder.AddService<Projects.AudioService>("audioservice", museum)
    .WithGrpc()
    .WithReference(redis).WithReference(messaging).WithReference(session).WithReference(text);

var avatar = builder.AddService<Projects.AvatarService>("avatarservice", museum)
    .WithGrpc()
    .WithReference(redis).WithReference(messaging).WithReference(session);

var voiceCall = builder.AddService<Projects.VoiceCallService>("voicecallservice", museum)
    .WithGrpc()
    .WithReference(redis).WithReference(messaging).WithReference(session)
    .WithReference(text).WithReference(audio).WithReference(avatar);

var gateway = builder.AddService<Projects.Gateway>("gateway", museum)
    .WithGrpc().WithPublicAddress(museum)
    .WithReference(redis).WithReference(messaging).WithReference(session)
    .WithReference(text).WithReference(audio).WithReference(avatar).WithReference(voiceCall);

builder.ApplySettings(museum);
builder.RestartWhatExits();
builder.AnnounceReadiness("Museum", () => museum.PublicUrl(gateway), Console.Out);
builder.Build().Run();
