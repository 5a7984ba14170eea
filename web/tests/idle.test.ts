// @vitest-environment happy-dom
import { effectScope, ref, type EffectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useIdle, type Idle } from '../src/kiosk/useIdle';

describe('A kiosk', () => {
  let scope: EffectScope;
  let idle: Idle;
  let gone = 0;
  const busy = ref(false);
  const perhaps = ref(false);

  beforeEach(() => {
    vi.useFakeTimers();
    busy.value = perhaps.value = false;
    gone = 0;
    scope = effectScope();
    idle = scope.run(() => useIdle({ busy: () => busy.value, perhaps: () => perhaps.value, onIdle: () => { gone += 1; } })) as Idle;
  });
  afterEach(() => {
    scope.stop();
    vi.useRealTimers();
  });

  test('asks after 45 s whether somebody is there, and begins anew after 60', () => {
    vi.advanceTimersByTime(44_000);
    expect(idle.left.value).toBeNull();
    vi.advanceTimersByTime(2000);
    expect(idle.left.value).toBe(14);
    vi.advanceTimersByTime(15_000);
    expect(gone).toBe(1);
  });

  test.each(['pointerdown', 'keydown'])('goes on with a visitor who is there (%s)', (sign) => {
    vi.advanceTimersByTime(50_000);
    dispatchEvent(new Event(sign));
    expect(idle.left.value).toBeNull();
    vi.advanceTimersByTime(44_000);
    expect([idle.left.value, gone]).toEqual([null, 0]);
  });

  test('counts from the end of an answer', () => {
    busy.value = true;
    vi.advanceTimersByTime(120_000);
    busy.value = false;
    vi.advanceTimersByTime(44_000);
    expect([idle.left.value, gone]).toEqual([null, 0]);
  });

  test('waits for who is speaking until it has become a question', () => {
    vi.advanceTimersByTime(50_000);
    expect(idle.left.value).toBe(10);
    perhaps.value = true;
    vi.advanceTimersByTime(15_000);
    expect([idle.left.value, gone]).toEqual([10, 0]);
    busy.value = true;
    vi.advanceTimersByTime(250);
    expect(idle.left.value).toBeNull();
  });

  test('begins anew also in a hall that is never quiet', () => {
    perhaps.value = true;
    vi.advanceTimersByTime(79_000);
    expect(gone).toBe(0);
    vi.advanceTimersByTime(2000);
    expect(gone).toBe(1);
  });
});
