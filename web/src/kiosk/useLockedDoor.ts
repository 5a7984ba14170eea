import { onScopeDispose } from 'vue';
import { useRouter } from 'vue-router';
import { useResourceManager } from '../resources/useResourceManager';

const leavingKeys = /^(F\d{1,2}|BrowserBack|BrowserForward|BrowserHome|ContextMenu|PrintScreen)$/;

/** A kiosk stays a kiosk: no menu, no history, no key that leads out of the page. (The browser itself has to run in its kiosk mode.) */
export function useLockedDoor(): void {
  const resources = useResourceManager();
  const router = useRouter();

  function block<K extends keyof WindowEventMap>(type: K, applies: (event: WindowEventMap[K]) => boolean = () => true): void {
    const refuse = (event: WindowEventMap[K]) => { if (applies(event)) event.preventDefault(); };
    addEventListener(type, refuse, { capture: true, passive: false });
    resources.registerResource(() => removeEventListener(type, refuse, { capture: true }));
  }

  block('contextmenu');
  block('dragstart');
  block('keydown', ({ key, ctrlKey, metaKey, altKey }) => ctrlKey || metaKey || altKey || leavingKeys.test(key));
  block('wheel', ({ ctrlKey }) => ctrlKey);
  block('touchmove', ({ touches }) => touches.length > 1);
  onScopeDispose(router.beforeEach((to) => to.path === '/kiosk' || to.path.startsWith('/kiosk/')));
}
