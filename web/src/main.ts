import { createApp } from 'vue';
import App from './App.vue';
import './look/fonts.css';
import './look/tokens.css';
import './look/room.css';

createApp(App).mount('#app');
