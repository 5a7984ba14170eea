import { createPinia, disposePinia } from 'pinia';
import { createApp } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import App from '../../src/App.vue';
import { createWords } from '../../src/i18n/words';
import { routes } from '../../src/router';

/** The page as main.ts opens it, at an address; returns how it is closed, which a browser does with the tab. */
export async function openPage(path: string): Promise<() => void> {
  const pinia = createPinia();
  const router = createRouter({ history: createMemoryHistory(), routes: [...routes] });
  const app = createApp(App).use(pinia).use(createWords('en')).use(router);
  await router.push(path);
  const ground = document.body.appendChild(document.createElement('div'));
  app.mount(ground);
  return () => {
    app.unmount();
    disposePinia(pinia);
    ground.remove();
  };
}
