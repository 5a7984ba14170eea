import { readonly, ref, type Ref } from 'vue';
import { useResourceManager } from '../resources/useResourceManager';

const blinkMs = 140;
const betweenMs = [2400, 6000] as const;
const doubleBlinks = 1 / 8;

/** The blinking of someone awake: 2.4–6 s apart, one in eight twice. */
export function useBlinking(random = Math.random): Readonly<Ref<boolean>> {
  const closed = ref(false);
  const resources = useResourceManager();
  let timer: ReturnType<typeof setTimeout>;

  function wait(ms: number): void {
    timer = setTimeout(() => {
      closed.value = true;
      timer = setTimeout(() => {
        closed.value = false;
        const soon = random() < doubleBlinks;
        wait(soon ? blinkMs : betweenMs[0] + random() * (betweenMs[1] - betweenMs[0]));
      }, blinkMs);
    }, ms);
  }

  wait(betweenMs[0]);
  resources.registerResource(() => clearTimeout(timer));
  return readonly(closed);
}
