import { readonly, ref, type Ref } from 'vue';
import { useResourceManager } from '../resources/useResourceManager';

/** Whether the page is looked at: not in a pocket, not behind another tab. */
export function useVisible(): Readonly<Ref<boolean>> {
  const visible = ref(document.visibilityState === 'visible');
  const take = () => { visible.value = document.visibilityState === 'visible'; };
  document.addEventListener('visibilitychange', take);
  useResourceManager().registerResource(() => document.removeEventListener('visibilitychange', take));
  return readonly(visible);
}
