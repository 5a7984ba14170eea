using System.Net;

namespace Microsoft.Extensions.ServiceDiscovery.Http;

/// <summary>
/// Sends each request to the next address of its service. If an address cannot be connected to, nothing has been
/// sent yet, and the request goes to the next one.
/// </summary>
internal sealed class ResolvingHandler(ServiceEndpointResolver resolver, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true, Host.Length: > 0 } uri)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var rotation = resolver.RotationFor(uri);
        var tried = new AddressRotation.Address[rotation.Count];
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                var address = rotation.Pick(tried.AsSpan(0, attempt));
                tried[attempt] = address;
                request.RequestUri = Address(uri, address.EndPoint);
                try
                {
                    var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                    address.Succeeded();
                    return response;
                }
                catch (HttpRequestException error) when (IsUnreachable(error))
                {
                    address.Failed(time);
                    if (attempt + 1 == tried.Length)
                    {
                        throw;
                    }
                }
            }
        }
        finally
        {
            request.RequestUri = uri;
        }
    }

    private static bool IsUnreachable(HttpRequestException error) =>
        error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;

    private Uri Address(Uri uri, EndPoint endPoint)
    {
        if (endPoint is UriEndPoint { Uri: var target })
        {
            return target.AbsolutePath.Length > 1
                ? new Uri($"{target.GetLeftPart(UriPartial.Path).TrimEnd('/')}{uri.PathAndQuery}")
                : new Uri(target, uri.PathAndQuery);
        }

        var (host, port) = endPoint switch
        {
            IPEndPoint ip => (ip.Address.ToString(), ip.Port),
            DnsEndPoint dns => (dns.Host, dns.Port),
            _ => throw new InvalidOperationException($"Endpoints of type {endPoint.GetType()} are not supported."),
        };
        var scheme = resolver.SchemeOf(uri);
        return scheme == uri.Scheme && host == uri.Host && port == 0
            ? uri
            : new UriBuilder(scheme, host, port > 0 ? port : -1) { Path = uri.AbsolutePath, Query = uri.Query }.Uri;
    }
}
