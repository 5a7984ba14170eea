import { readonly, ref, watch, type Ref } from 'vue';
import { useResourceManager } from '../resources/useResourceManager';

const tickMs = 250;

/** How much of the time until a moment (Unix milliseconds) is left, from 1 to 0; 1 while there is none. */
export function useCountdown(until: Readonly<Ref<number | null>>): Readonly<Ref<number>> {
  const resources = useResourceManager();
  const left = ref(1);
  let stop = () => { /* not counting */ };

  watch(until, (moment) => {
    stop();
    left.value = 1;
    if (moment === null) return;
    const whole = Math.max(1, moment - Date.now());
    const timer = setInterval(() => { left.value = Math.max(0, (moment - Date.now()) / whole); }, tickMs);
    stop = resources.registerResource(() => clearInterval(timer));
  }, { immediate: true });
  return readonly(left);
}
