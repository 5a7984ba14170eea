import { effectScope } from 'vue';
import { describe, expect, test } from 'vitest';
import { useResourceManager } from '../src/resources/useResourceManager';

describe('The resource manager', () => {
  test('releases everything, the newest first, each thing once', () => {
    const released: string[] = [];
    const { registerResource, cleanup } = useResourceManager();
    ['context', 'stream', 'node'].forEach((name) => registerResource(() => released.push(name)));
    cleanup();
    cleanup();
    expect(released).toEqual(['node', 'stream', 'context']);
  });

  test('releases one thing early without releasing it again', () => {
    let count = 0;
    const manager = useResourceManager();
    const release = manager.registerResource(() => { count += 1; });
    release();
    manager.cleanup();
    expect(count).toBe(1);
    expect(manager.held).toBe(0);
  });

  test('releases the others when one refuses, and reports it', () => {
    let released = false;
    const { registerResource, cleanup } = useResourceManager();
    registerResource(() => { released = true; });
    registerResource(() => { throw new Error('stuck'); });
    expect(cleanup).toThrow(AggregateError);
    expect(released).toBe(true);
  });

  test('releases when its scope ends', () => {
    let released = false;
    const scope = effectScope();
    scope.run(() => useResourceManager().registerResource(() => { released = true; }));
    scope.stop();
    expect(released).toBe(true);
  });
});
