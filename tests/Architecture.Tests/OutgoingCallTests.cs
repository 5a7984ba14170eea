using System.Text.RegularExpressions;

namespace Museum.Architecture.Tests;

/// <summary>
/// What leaves a process passes a named pipeline (ServiceDefaults/Resilience). Whatever can make a connection, and whatever holds a client,
/// either names its pipeline in the same file or stands here with the reason why it does not.
/// </summary>
public sealed partial class OutgoingCallTests
{
    /// <summary>They make connections; whoever uses those names the pipeline.</summary>
    private static readonly Dictionary<string, string> Makers = new()
    {
        ["ServiceDefaults/Grpc/GrpcClients.cs"] = "makes the typed clients of the suite",
        ["ServiceDefaults/Grpc/GrpcConnections.cs"] = "their connections",
        ["ServiceDefaults/Grpc/ReplicaChannels.cs"] = "channels to single replicas",
        ["Gateway/OpenApi/OpenApiRegistration.cs"] = "the client of MergedDocument",
        ["VoiceCallService/VoiceCallRegistration.cs"] = "the clients of GuideDialogue, Opening and AccessToken",
        ["VoiceCallService/Calls/CallRegistration.cs"] = "the client of Recognizer",
        ["AudioService/Recognition/RecognitionRegistration.cs"] = "the client of VocabularyKeeper",
        ["AudioService/OpenAi/OpenAiEarService.cs"] = "the clients of OpenAiRecognizer, and its probe",
        ["AudioService/OpenAi/OpenAiSynthesizer.cs"] = "its own client; the capability opens it through ISpeechSynthesizer.Pipeline",
        ["TextService/Knowledge/KnowledgeRegistration.cs"] = "the client of SrsClient, and its pipeline in the provider's plan",
        ["TextService/Srs/SrsClient.cs"] = "called through the capability `retrieval`, by that pipeline",
        ["TextService/Storage/PostgresConnections.cs"] = "the connections of PostgresDatabase, through the capability `records`, by its pipeline",
        ["AudioService/Remote/RemoteSocket.cs"] = "the connections of DashScopeSynthesizer and EdgeSynthesizer, and their probes; DashScopeRecognizer hears live sound, which nobody could send again",
    };

    /// <summary>They call without a pipeline.</summary>
    private static readonly Dictionary<string, string> Exempt = new()
    {
        ["ServiceDefaults/Health/SuiteHealth.cs"] = "a probe: it finds out what an open breaker would keep from it",
        ["ServiceDefaults/Health/SuiteHealthRegistration.cs"] = "the client of that probe, with its deadline",
        ["Gateway/Routing/Pulse.cs"] = "a probe, by YARP's own client, with its deadline",
    };

    private static string[] Sources { get; } =
        [.. Repository.Files("*.cs").Where(f => f.Split('/')[0] is var top && (top == "ServiceDefaults" || Repository.Services.Contains(top)))];

    [Fact]
    public void Whoever_can_make_a_connection_or_holds_a_client_names_its_pipeline() => Assert.DoesNotContain(
        Sources, f => Calls(f) && !NamesPipeline().IsMatch(Repository.Read(f)) && !Makers.ContainsKey(f) && !Exempt.ContainsKey(f));

    [Fact]
    public void An_exemption_is_gone_with_what_it_was_for() =>
        Assert.All([.. Makers.Keys, .. Exempt.Keys], f => Assert.True(Sources.Contains(f) && Calls(f), $"{f} calls nobody any more: take it off the list."));

    /// <summary>The client knows no deadline of its own, so every call has to pass the one place that gives it one.</summary>
    [Fact]
    public void Redis_is_connected_to_and_called_in_one_place_only() => Assert.Equal(
        ["ServiceDefaults/Redis/RedisStore.cs"],
        Sources.Where(f => RedisConnection().IsMatch(Repository.Read(f))));

    [Fact]
    public void Pipelines_are_made_in_one_place_only() => Assert.Equal(
        ["ServiceDefaults/Resilience/Pipelines.cs"],
        Sources.Where(f => MakesPipeline().IsMatch(Repository.Read(f))));

    /// <summary>Background work recurs by RecurringWork, where it is counted, logged and stopped.</summary>
    [Fact]
    public void Nothing_ticks_on_a_timer_of_its_own_but_the_heartbeat_of_a_socket() => Assert.Equal(
        ["VoiceCallService/Realtime/Heartbeat.cs"],
        Sources.Where(f => Repository.Read(f).Contains("new PeriodicTimer(", StringComparison.Ordinal)));

    private static bool Calls(string file) => Connection().IsMatch(Repository.Read(file)) || HoldsClient().IsMatch(Repository.Read(file));

    [GeneratedRegex(
        @"\bnew\s(HttpClient|SocketsHttpHandler|HttpClientHandler|HttpMessageInvoker|ClientWebSocket|TcpClient|UdpClient|Socket|ChatClient|OpenAI\w*Client)\b
        |\b(SocketsHttpHandler|ClientWebSocket)\s+\w+(\(\)\s=>|\s=)\snew\(
        |\.Add(HttpClient|GrpcClient|MuseumGrpcClient)[<(]
        |\bGrpcChannel\.For|\bNpgsqlDataSource\b|\bUseNpgsql\(|\.HttpClient\.Send",
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Connection();

    // Generated clients are named Service.ServiceClient.
    [GeneratedRegex(@"\bIHttpClientFactory\b|\bReplicaChannels \w+|\b(\w+)\.\1Client\b")]
    private static partial Regex HoldsClient();

    [GeneratedRegex(@"\bpipelines\.Of\(|\bPipelines pipelines\b|\bResiliencePipeline pipeline\b|\bAddPipeline\(PublishedKeys")]
    private static partial Regex NamesPipeline();

    [GeneratedRegex(@"\bConnectionMultiplexer\.Connect|\.GetDatabase\(")]
    private static partial Regex RedisConnection();

    [GeneratedRegex(@"\bnew ResiliencePipeline(Builder|Registry)\b|\bResiliencePipelineRegistry<string>")]
    private static partial Regex MakesPipeline();
}
