using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server;

/// <summary>Answers UNIMPLEMENTED to calls of services and methods that are not mapped.</summary>
internal sealed class UnknownCalls
{
    private bool _servicesMapped;

    public IEnumerable<IEndpointConventionBuilder> Map(IEndpointRouteBuilder routes, string serviceName)
    {
        yield return Map(routes, $"/{serviceName}/{{unimplementedMethod:{GrpcRequestConstraint.Name}}}", "Method is unimplemented.", $"gRPC - Unimplemented method for {serviceName}");
        if (!_servicesMapped)
        {
            // Once for the application, and under no service's conventions: nothing may demand a user here.
            _servicesMapped = true;
            Map(routes, $"{{unimplementedService}}/{{unimplementedMethod:{GrpcRequestConstraint.Name}}}", "Service is unimplemented.", "gRPC - Unimplemented service");
        }
    }

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes, string pattern, string detail, string name) =>
        // Not MapPost: routing would answer 405 to every GET of two segments before it asks the constraint.
        routes.Map(pattern, http =>
        {
            if (RequestCheck.Accept(http))
            {
                http.Response.ContentType = GrpcProtocol.ContentType;
                ResponseEnd.Write(http.Response, new Status(StatusCode.Unimplemented, detail), null);
            }

            return Task.CompletedTask;
        }).WithDisplayName(name);
}

/// <summary>Matches gRPC requests only, so that other POST endpoints with two segments keep theirs.</summary>
internal sealed class GrpcRequestConstraint : IRouteConstraint
{
    public const string Name = "grpcunimplemented";

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        httpContext is not null && HttpMethods.IsPost(httpContext.Request.Method) && GrpcProtocol.IsGrpcContentType(httpContext.Request.ContentType);
}
