// The official Node implementation as a server (`node peer.js serve`) and as a client (`node peer.js call HOST:PORT`).
'use strict';
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const { Echo } = grpc.loadPackageDefinition(
  loader.loadSync(path.join(process.env.ECHO_PROTO), { keepCase: true, defaults: true }),
).museum.test.v1;

let cancellations = 0;

function serve() {
  const reply = (request, index) => ({ text: request.text, index, payload: request.payload });
  const failure = (request) => ({ code: request.fail_with, details: request.text });
  const mirror = (metadata) => {
    const back = new grpc.Metadata();
    for (const key of ['x-text', 'x-bytes-bin']) {
      for (const value of metadata.get(key)) back.add(key, value);
    }
    return back;
  };
  const server = new grpc.Server({ 'grpc.default_compression_algorithm': 2 });
  server.addService(Echo.service, {
    once(call, done) {
      if (call.request.fail_with) return done({ ...failure(call.request), metadata: mirror(call.metadata) });
      if (call.request.hang) return call.on('cancelled', () => { cancellations++; });
      if (call.request.text === 'cancellations') return done(null, { index: cancellations });
      call.sendMetadata(mirror(call.metadata));
      done(null, reply(call.request, 0), mirror(call.metadata));
    },
    gather(call, done) {
      const texts = [];
      call.on('data', (request) => texts.push(request.text));
      call.on('end', () => done(null, { text: texts.join('+'), index: texts.length }));
    },
    repeat(call) {
      for (let i = 0; i < call.request.count; i++) call.write(reply(call.request, i));
      if (call.request.fail_with) call.emit('error', failure(call.request));
      else if (call.request.hang) call.on('cancelled', () => { cancellations++; });
      else call.end();
    },
    converse(call) {
      let index = 0;
      call.on('data', (request) => (request.fail_with ? call.emit('error', failure(request)) : call.write(reply(request, index++))));
      call.on('end', () => call.end());
    },
  });
  server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    console.log(`PORT ${port}`);
  });
}

async function call(address) {
  const client = new Echo(address, grpc.credentials.createInsecure());
  const same = (actual, expected) => {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
      throw new Error(`${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
    }
  };
  const once = (request, metadata = new grpc.Metadata(), options = {}) => new Promise((resolve) => {
    const seen = {};
    const running = client.once(request, metadata, options, (error, value) => { seen.error = error; seen.value = value; });
    running.on('metadata', (headers) => { seen.headers = headers; });
    running.on('status', (status) => { seen.status = status; resolve(seen); });
  });
  const drain = (stream) => new Promise((resolve) => {
    const seen = { values: [] };
    stream.on('data', (value) => seen.values.push(value));
    stream.on('error', () => {});
    stream.on('status', (status) => { seen.status = status; resolve(seen); });
  });
  const big = Buffer.alloc(3 * 1024 * 1024, 7);

  const checks = {
    async unary() { same((await once({ text: '星月夜' })).value.text, '星月夜'); },
    async 'client stream'() {
      const answer = await new Promise((resolve, reject) => {
        const stream = client.gather((error, value) => (error ? reject(error) : resolve(value)));
        for (const text of ['a', 'b', 'c']) stream.write({ text });
        stream.end();
      });
      same(answer.text, 'a+b+c');
    },
    async 'server stream'() {
      const seen = await drain(client.repeat({ text: 'x', count: 300 }));
      same([seen.values.length, seen.values[299].index, seen.status.code], [300, 299, 0]);
    },
    async duplex() {
      const stream = client.converse();
      for (let i = 0; i < 50; i++) {
        const answer = new Promise((resolve) => { stream.once('data', resolve); });
        stream.write({ text: `${i}` });
        same((await answer).text, `${i}`);
      }
      const ended = drain(stream);
      stream.end();
      same((await ended).status.code, 0);
    },
    async metadata() {
      const metadata = new grpc.Metadata();
      metadata.set('x-text', 'hello');
      metadata.set('x-bytes-bin', Buffer.from([0, 255, 1]));
      const seen = await once({ text: 'mirror' }, metadata);
      for (const back of [seen.headers, seen.status.metadata]) {
        same([back.get('x-text')[0], [...back.get('x-bytes-bin')[0]]], ['hello', [0, 255, 1]]);
      }
    },
    async error() {
      const seen = await once({ fail_with: 5, text: 'nicht da: 星 %' });
      same([seen.error.code, seen.error.details], [5, 'nicht da: 星 %']);
    },
    async 'error after messages'() {
      const seen = await drain(client.repeat({ count: 3, fail_with: 15, text: 'lost' }));
      // This client drops messages that it has not yet handed out when an error arrives.
      same([seen.values.length <= 3, seen.status.code, seen.status.details], [true, 15, 'lost']);
    },
    async unimplemented() {
      const answer = await new Promise((resolve) => {
        client.makeUnaryRequest('/museum.test.v1.Echo/Nothing', (v) => v, (v) => v, Buffer.alloc(0), resolve);
      });
      same(answer.code, 12);
    },
    async deadline() {
      const seen = await once({ hang: true }, new grpc.Metadata(), { deadline: Date.now() + 200 });
      same(seen.error.code, 4);
    },
    async cancellation() {
      const stream = client.repeat({ text: 'x', count: 1, hang: true });
      const ended = drain(stream);
      stream.once('data', () => stream.cancel());
      const { status } = await ended;
      same([status.code, status.details], [1, 'Cancelled on client']);
    },
    async 'three megabytes'() { same((await once({ payload: big })).value.payload.equals(big), true); },
    async 'too big'() { same((await once({ payload: Buffer.alloc(5 * 1024 * 1024) })).error.code, 8); },
    async gzip() {
      const zipped = new Echo(address, grpc.credentials.createInsecure(), { 'grpc.default_compression_algorithm': 2 });
      const answer = await new Promise((resolve, reject) => {
        zipped.once({ payload: Buffer.alloc(100000) }, (error, value) => (error ? reject(error) : resolve(value)));
      });
      same(answer.payload.length, 100000);
    },
  };
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(`ok ${name}`);
    } catch (error) {
      console.log(`FAILED ${name}: ${error.message}`);
    }
  }
  client.close();
  console.log('done');
}

if (process.argv[2] === 'serve') serve();
else call(process.argv[3]).then(() => process.exit(0));
