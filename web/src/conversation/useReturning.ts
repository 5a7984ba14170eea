import { watch, type Ref } from 'vue';
import { useVisible } from '../connection/useVisible';
import { useResourceManager } from '../resources/useResourceManager';
import type { GuideLink } from './guideLink';
import type { Listening } from './useListening';

// Somebody looks something up and comes back; a phone in a pocket must not go on listening to the hall.
const hiddenMs = 10_000;

/** A visitor who comes back, to the network or to the page, does not wait for the next attempt; who has left is not listened to. */
export function useReturning(online: Readonly<Ref<boolean>>, link: GuideLink, listening: Listening): void {
  const resources = useResourceManager();
  const visible = useVisible();
  let release = () => { /* nothing is timed */ };
  let away = false;

  // A connection that looks open may have died meanwhile, and resuming costs little.
  function comeBack(trusted: boolean): void {
    if (link.replaced.value || link.connection.connectionState.value === 'disconnected') return;
    if (!link.registered.value) void link.connection.connect();
    else if (!trusted) link.connection.reconnect();
  }

  watch(online, (present) => { if (present) comeBack(false); });
  watch(visible, (seen) => {
    release();
    if (seen) {
      comeBack(!away);
      away = false;
      return;
    }
    const timer = setTimeout(() => {
      away = true;
      listening.stop();
    }, hiddenMs);
    release = resources.registerResource(() => clearTimeout(timer));
  });
}
