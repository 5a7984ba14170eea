import { defineStore } from 'pinia';
import { ref } from 'vue';

/** Whether anybody stands before the kiosk. */
export const usePresence = defineStore('presence', () => ({ nobody: ref(false) }));
