import type { Tongue } from '../api/types';
import { conflict } from './conflict';
import { desk } from './desk';
import { editor } from './editor';
import { exchange } from './exchange';
import { fields } from './fields';
import { list } from './list';
import { preview } from './preview';
import { problems } from './problems';
import { questions } from './questions';
import { rooms } from './rooms';
import { session } from './session';
import { today } from './today';
import { versions } from './versions';

/** The desk's words: plain, calm, said to a curator; no technology words. A file for each part, both languages beside each other. */
const inTongue = (tongue: Tongue) => ({
  ...desk[tongue], ...session[tongue], ...fields[tongue], ...questions[tongue],
  problems: problems[tongue], today: today[tongue], list: list[tongue], editor: editor[tongue], conflict: conflict[tongue],
  versions: versions[tongue], preview: preview[tongue], exchange: exchange[tongue], rooms: rooms[tongue],
});

export type DeskWords = ReturnType<typeof inTongue>;

export const deskWords: Record<Tongue, DeskWords> = { en: inTongue('en'), zh: inTongue('zh') };
