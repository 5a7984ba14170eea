import { readonly, ref, type Ref } from 'vue';
import { useResourceManager } from '../resources/useResourceManager';

/** Whether the device has a network at all. */
export function useOnline(): Readonly<Ref<boolean>> {
  const resources = useResourceManager();
  const online = ref(navigator.onLine);
  const listen = (type: 'online' | 'offline') => {
    const take = () => { online.value = navigator.onLine; };
    addEventListener(type, take);
    resources.registerResource(() => removeEventListener(type, take));
  };
  listen('online');
  listen('offline');
  return readonly(online);
}
