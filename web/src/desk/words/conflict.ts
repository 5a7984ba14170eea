import { both } from './both';

/** Two curators who wrote at the same time. */
export const conflict = both({
  title: 'Somebody else has saved in the meantime',
  merged: (who: string) => `${who} has changed other parts of this exhibit. Both changes are together on your page now; look it over and save.`,
  body: (who: string) => `${who} and you have changed the same parts. Choose what shall stand; nothing is lost until you save.`,
  mine: 'Yours',
  theirs: (who: string) => `${who}’s`,
  keepMine: 'Take mine',
  keepTheirs: 'Take theirs',
  done: 'Go on with these',
  empty: '(empty)',
}, {
  title: '刚才有人也保存了',
  merged: (who) => `${who} 改动了这件展品的其他部分。两边的改动已合并到你的页面，请看一遍再保存。`,
  body: (who) => `${who} 和你改动了相同的部分。请选择保留哪一个，保存之前什么都不会丢。`,
  mine: '你的',
  theirs: (who) => `${who} 的`,
  keepMine: '用我的',
  keepTheirs: '用对方的',
  done: '就这样继续',
  empty: '（空）',
});
