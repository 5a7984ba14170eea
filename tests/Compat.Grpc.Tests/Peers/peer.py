"""The official Python implementation as a server (`peer.py serve`) and as a client (`peer.py call HOST:PORT`)."""
import sys
import threading
from concurrent import futures

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

F = descriptor_pb2.FieldDescriptorProto
FIELDS = {
    "EchoRequest": [("text", F.TYPE_STRING), ("count", F.TYPE_INT32), ("payload", F.TYPE_BYTES), ("fail_with", F.TYPE_INT32), ("hang", F.TYPE_BOOL)],
    "EchoReply": [("text", F.TYPE_STRING), ("index", F.TYPE_INT32), ("payload", F.TYPE_BYTES)],
}


def messages():
    """echo.proto without a compiler: Debian ships none for Python."""
    file = descriptor_pb2.FileDescriptorProto(name="echo.proto", package="museum.test.v1", syntax="proto3")
    for name, fields in FIELDS.items():
        message = file.message_type.add(name=name)
        for number, (field, kind) in enumerate(fields, start=1):
            message.field.add(name=field, number=number, type=kind, label=F.LABEL_OPTIONAL)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    factory = message_factory.MessageFactory(pool)
    return [factory.GetPrototype(pool.FindMessageTypeByName(f"museum.test.v1.{name}")) for name in FIELDS]


Request, Reply = messages()
SERVICE = "/museum.test.v1.Echo/"
cancellations = 0


def reply(request, index):
    return Reply(text=request.text, index=index, payload=request.payload)


def count_end(context):
    """Counts the end of a call that hangs, from its beginning on: a generator is not asked for more once its client is gone."""

    def count():
        global cancellations
        cancellations += 1

    if not context.add_callback(count):
        count()


def hang(context):
    gone = threading.Event()
    if context.add_callback(gone.set):
        gone.wait(30)


def behave(request, context):
    if request.fail_with:
        context.set_trailing_metadata(mirror(context))
        code = next(code for code in grpc.StatusCode if code.value[0] == request.fail_with)
        context.abort(code, request.text)
    if request.hang:
        count_end(context)
        hang(context)


def mirror(context):
    return [(key, value) for key, value in context.invocation_metadata() if key.startswith("x-")]


def once(request, context):
    if request.text == "cancellations":
        return Reply(index=cancellations)
    behave(request, context)
    context.send_initial_metadata(mirror(context))
    context.set_trailing_metadata(mirror(context))
    return reply(request, 0)


def gather(requests, context):
    texts = [request.text for request in requests]
    return Reply(text="+".join(texts), index=len(texts))


def repeat(request, context):
    if request.hang:
        count_end(context)
    for index in range(request.count):
        yield reply(request, index)
    if request.hang:
        hang(context)
    else:
        behave(request, context)


def converse(requests, context):
    for index, request in enumerate(requests):
        behave(request, context)
        yield reply(request, index)


def serve():
    coding = dict(request_deserializer=Request.FromString, response_serializer=Reply.SerializeToString)
    server = grpc.server(futures.ThreadPoolExecutor(16), compression=grpc.Compression.Gzip)
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler("museum.test.v1.Echo", {
        "Once": grpc.unary_unary_rpc_method_handler(once, **coding),
        "Gather": grpc.stream_unary_rpc_method_handler(gather, **coding),
        "Repeat": grpc.unary_stream_rpc_method_handler(repeat, **coding),
        "Converse": grpc.stream_stream_rpc_method_handler(converse, **coding),
    })])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(f"PORT {port}", flush=True)
    server.wait_for_termination()


def call(address):
    channel = grpc.insecure_channel(address)
    coding = dict(request_serializer=Request.SerializeToString, response_deserializer=Reply.FromString)
    one = channel.unary_unary(SERVICE + "Once", **coding)
    many = channel.unary_stream(SERVICE + "Repeat", **coding)
    collect = channel.stream_unary(SERVICE + "Gather", **coding)
    talk = channel.stream_stream(SERVICE + "Converse", **coding)

    def same(actual, expected):
        if actual != expected:
            raise AssertionError(f"{actual!r} instead of {expected!r}")

    def fails(code, action, detail=None):
        try:
            action()
        except grpc.RpcError as error:
            same(error.code(), code)
            if detail is not None:
                same(error.details(), detail)
            return error
        raise AssertionError("no error")

    def duplex():
        ready = threading.Semaphore(1)

        def requests():
            for index in range(50):
                ready.acquire()
                yield Request(text=str(index))

        for index, answer in enumerate(talk(requests())):
            same(answer.text, str(index))
            ready.release()

    def metadata():
        sent = [("x-text", "hello"), ("x-bytes-bin", b"\x00\xff\x01")]
        answer, running = one.with_call(Request(text="mirror"), metadata=sent)
        for back in (running.initial_metadata(), running.trailing_metadata()):
            same(sorted(pair for pair in back if pair[0].startswith("x-")), sorted(sent))

    def after_messages():
        seen = []
        fails(grpc.StatusCode.DATA_LOSS, lambda: seen.extend(many(Request(count=3, fail_with=15, text="lost"))), "lost")

    def cancellation():
        stream = many(Request(count=1, hang=True))
        next(stream)
        stream.cancel()
        fails(grpc.StatusCode.CANCELLED, lambda: next(stream))

    def many_at_once():
        with futures.ThreadPoolExecutor(32) as pool:
            same(list(pool.map(lambda i: one(Request(text=str(i))).text, range(500))), [str(i) for i in range(500)])

    unknown = channel.unary_unary(SERVICE + "Nothing", **coding)
    big = bytes(range(256)) * 12288
    checks = {
        "unary": lambda: same(one(Request(text="星月夜")).text, "星月夜"),
        "client stream": lambda: same(collect(iter([Request(text=t) for t in "abc"])).text, "a+b+c"),
        "server stream": lambda: same([r.index for r in many(Request(count=300))], list(range(300))),
        "duplex": duplex,
        "metadata": metadata,
        "error": lambda: fails(grpc.StatusCode.NOT_FOUND, lambda: one(Request(fail_with=5, text="nicht da: 星 %")), "nicht da: 星 %"),
        "error after messages": after_messages,
        "unimplemented": lambda: fails(grpc.StatusCode.UNIMPLEMENTED, lambda: unknown(Request())),
        "deadline": lambda: fails(grpc.StatusCode.DEADLINE_EXCEEDED, lambda: one(Request(hang=True), timeout=0.2)),
        "cancellation": cancellation,
        "three megabytes": lambda: same(one(Request(payload=big)).payload, big),
        "too big": lambda: fails(grpc.StatusCode.RESOURCE_EXHAUSTED, lambda: one(Request(payload=bytes(5 << 20)))),
        "gzip": lambda: same(one(Request(payload=bytes(100000)), compression=grpc.Compression.Gzip).payload, bytes(100000)),
        "many at once": many_at_once,
    }
    for name, check in checks.items():
        try:
            check()
            print(f"ok {name}", flush=True)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            print(f"FAILED {name}: {type(error).__name__} {error}", flush=True)
    channel.close()
    print("done", flush=True)


if sys.argv[1] == "serve":
    serve()
else:
    call(sys.argv[2])
