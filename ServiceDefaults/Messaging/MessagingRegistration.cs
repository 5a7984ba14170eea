using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Resilience;

namespace Museum.ServiceDefaults.Messaging;

/// <summary>The suite's events on RabbitMQ. Nothing waits for the broker: the bus connects in the background and comes back by itself.</summary>
public static class MessagingRegistration
{
    /// <summary>Half a minute: a sentence that nobody took by then is not wanted any more.</summary>
    private const int WorkTtlMs = 30_000;

    /// <summary>About 100 calls with two sentences ahead each; beyond it the oldest work gives way.</summary>
    private const int WorkQueueLength = 256;

    /// <summary>Days of a museum whose consumer is down, some 100 MB. Then the broker refuses, and who publishes knows: nothing that it took is dropped.</summary>
    private const int DurableQueueLength = 100_000;

    public static void AddTurnMessaging(this WebApplicationBuilder builder, Action<TurnMessaging> configure)
    {
        var messaging = new TurnMessaging();
        configure(messaging);
        var services = builder.Services;
        services.AddSingleton<HolderIdentity>();
        if (builder.Configuration.GetConnectionString("messaging") is not { Length: > 0 } connection)
        {
            services.AddSingleton<NoBroker>();
            services.AddSingleton<IEventPublisher>(provider => provider.GetRequiredService<NoBroker>());
            services.AddHostedService(provider => provider.GetRequiredService<NoBroker>());
            return;
        }

        services.AddSingleton<BrokerConnection>();
        services.AddPipeline(EventPublisher.Pipeline, options => EventPublisher.SetPipeline(options, messaging.PublishWithin));
        services.AddSingleton<IEventPublisher, EventPublisher>();
        services.AddMassTransit(bus =>
        {
            // Its health check would make a process unready for want of a broker; the capability `events` tells instead.
            bus.ConfigureHealthCheckOptions(options =>
            {
                options.Tags.Clear();
                options.Tags.Add("dependency");
                options.MinimalFailureStatus = HealthStatus.Degraded;
            });
            bus.AddReceiveEndpointObserver(provider => provider.GetRequiredService<BrokerConnection>());
            foreach (var subscription in messaging.Subscriptions.DistinctBy(s => s.Consumer))
            {
                subscription.Register(bus);
            }

            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(connection), host =>
                {
                    // Published means taken by the broker: costs the publisher 0.3 ms, and a burst cannot run over the queue's length.
                    host.PublisherConfirmation = true;
                    host.RequestedConnectionTimeout(TimeSpan.FromSeconds(2));
                    host.Heartbeat(TimeSpan.FromSeconds(5));
                });
                BrokerReconnection.Quicken(rabbit);
                EventTopology.Configure(rabbit);
                rabbit.AutoStart = true;
                foreach (var group in messaging.Subscriptions.GroupBy(s => s.Queue))
                {
                    AddEndpoint(rabbit, context, [.. group], context.GetRequiredService<HolderIdentity>());
                }
            });
        });
        services.RemoveMassTransitHostedService();
        services.AddHostedService<BusLifetime>();
    }

    private static void AddEndpoint(IRabbitMqBusFactoryConfigurator rabbit, IBusRegistrationContext context, Subscription[] subscriptions, HolderIdentity holder)
    {
        var durable = subscriptions[0].Audience == Audience.Durable;
        var shared = durable || subscriptions[0].Audience == Audience.OneReplica;
        var name = shared ? subscriptions[0].Queue : $"museum.{subscriptions[0].Queue}.{holder.Id}";
        rabbit.ReceiveEndpoint(name, endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.Durable = durable;
            endpoint.AutoDelete = !shared;
            endpoint.Exclusive = !shared;
            endpoint.PrefetchCount = (ushort)(2 * subscriptions.Max(s => s.Concurrency));
            endpoint.ConcurrentMessageLimit = subscriptions.Max(s => s.Concurrency);
            if (durable)
            {
                endpoint.SetQueueArgument("x-max-length", DurableQueueLength);
                endpoint.SetQueueArgument("x-overflow", "reject-publish");
                // A store that is away for a while; what still fails then is a defect, is logged, and must not stop what comes after it.
                endpoint.UseMessageRetry(retry => retry.Exponential(
                    retryLimit: 8, minInterval: TimeSpan.FromSeconds(0.5), maxInterval: TimeSpan.FromSeconds(30), intervalDelta: TimeSpan.FromSeconds(0.5)));
            }
            else
            {
                endpoint.SetQueueArgument("x-message-ttl", WorkTtlMs);
                endpoint.SetQueueArgument("x-max-length", WorkQueueLength);
            }

            // Visitors' words are not to gather in `_error` and `_skipped` queues.
            endpoint.PublishFaults = false;
            endpoint.DiscardFaultedMessages();
            endpoint.DiscardSkippedMessages();
            foreach (var subscription in subscriptions)
            {
                subscription.Bind(endpoint, holder.Id);
            }

            // A consumer of several events is connected once, or it would get each of them as often.
            foreach (var subscription in subscriptions.DistinctBy(s => s.Consumer))
            {
                subscription.Consume(endpoint, context);
            }
        });
    }
}
