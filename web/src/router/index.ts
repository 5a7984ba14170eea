import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import VisitorPage from '../pages/VisitorPage.vue';

const id = ':exhibit([a-z0-9][a-z0-9-]*)';

/** What a visitor opens first is there at once; the rest is brought when it is asked for. */
export const routes: readonly RouteRecordRaw[] = [
  { path: '/', name: 'visit', component: VisitorPage },
  { path: `/e/${id}`, name: 'exhibit', component: VisitorPage, props: true },
  { path: '/kiosk', name: 'kiosk', component: () => import('../pages/KioskPage.vue') },
  { path: `/kiosk/e/${id}`, name: 'kiosk-exhibit', component: () => import('../pages/KioskPage.vue'), props: true },
  { path: '/desk/:path(.*)*', name: 'desk', component: () => import('../desk/DeskApp.vue') },
  { path: '/:path(.*)*', name: 'not-found', component: () => import('../pages/NotFoundPage.vue') },
];

export const createPageRouter = () => createRouter({ history: createWebHistory(), routes: [...routes] });
