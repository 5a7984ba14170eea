import { WebSocket } from 'ws';

// Node 20 has no WebSocket of its own; this is a real one with the browser's interface.
globalThis.WebSocket = WebSocket as unknown as typeof globalThis.WebSocket;
