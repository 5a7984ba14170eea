import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { createWords, firstLanguage } from './i18n/words';
import './look/fonts.css';
import './look/tokens.css';
import './look/room.css';
import { createPageRouter } from './router';

createApp(App).use(createPinia()).use(createWords(firstLanguage())).use(createPageRouter()).mount('#app');
