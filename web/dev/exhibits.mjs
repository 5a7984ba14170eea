// Texts of the demo guide's exhibits: for developing the page only.
const starry = {
  title: { en: 'The Starry Night', zh: '星月夜' },
  hall: 5,
  hall_name: { en: 'Modern painting', zh: '现代绘画' },
  maker: { en: 'Vincent van Gogh', zh: '文森特·梵高' },
  date: { en: 'June 1889', zh: '1889年6月' },
  material: { en: 'Oil on canvas, 73.7 × 92.1 cm', zh: '布面油画，73.7×92.1厘米' },
  text: {
    en: [
      { heading: 'What it is', paragraphs: ['The picture shows a swirling blue sky with eleven stars and a crescent moon above a sleeping village, while a dark cypress climbs like a flame.'] },
      { heading: 'The story', paragraphs: [
        'Van Gogh painted it in June 1889, while he was a patient at the asylum of Saint-Paul-de-Mausole near Saint-Rémy.',
        'He wrote to his brother: “I saw the countryside from my window a long time before sunrise, with nothing but the morning star, which looked very big.”',
      ] },
      { heading: 'What it means', paragraphs: ['The village could not be seen from his window. Its spire recalls the north, where he was born.'] },
    ],
    zh: [
      { heading: '这是什么', paragraphs: ['画中深蓝的夜空翻卷如浪，十一颗星和一弯月亮照着沉睡的村庄，一株柏树像黑色火焰般直冲天际。'] },
      { heading: '来历', paragraphs: ['《星月夜》画于1889年6月，当时梵高正在法国南部圣雷米的圣保罗疗养院里养病。'] },
    ],
  },
  suggested: {
    en: ['Did he really see that sky?', 'What does the cypress stand for?', 'Which bright star is it?'],
    zh: ['他真的看见了那片夜空吗？', '柏树有什么含义？', '最亮的那颗星是什么？'],
  },
};
const army = {
  title: { en: 'Terracotta Army', zh: '将军俑头部' },
  hall: 3,
  hall_name: { en: 'Ancient China', zh: '古代中国' },
  maker: { en: 'Workshops of Qin', zh: '秦代工匠' },
  date: { en: 'about 210 BC', zh: '约公元前210年' },
  material: { en: 'Fired clay, once painted', zh: '彩绘陶' },
  text: {
    en: [{ heading: 'What it is', paragraphs: ['Heads were moulded, then finished by hand: no two faces are quite alike.'] }],
    zh: [{ heading: '这是什么', paragraphs: ['头部先以模具成型，再由工匠贴塑、刻划五官与须发，面目各不相同。', '俑身原施彩绘，出土后生漆底层失水卷曲，颜料随之脱落。'] }],
  },
  suggested: { en: ['How many are there?', 'Where did the colours go?', 'Who found them?'], zh: ['兵马俑一共有多少？', '颜色是怎么消失的？', '是谁发现了它们？'] },
};

const all = {
  'the-starry-night': starry, 'the-starry-night-village': { ...starry, title: { en: 'The village in The Starry Night', zh: '星月夜里的村庄' } },
  'terracotta-army': army, 'terracotta-colour': { ...army, title: { en: 'Painted fragments', zh: '彩绘残片' } }, markup: { ...starry, title: { en: '<i>Title</i>', zh: '<i>Title</i>' } },
};

const shown = (id, { title, hall, hall_name, maker, date, material, text, suggested }, language) => ({
  id, language, title, hall, hall_name: hall_name[language], maker: maker[language], date: date[language], material: material[language], text: text[language], suggested: suggested[language],
});

/** What `GET /api/exhibits…` says; null: there is no such exhibit. */
export function exhibitsAt(url) {
  const language = url.searchParams.get('language') === 'zh' ? 'zh' : 'en';
  const id = decodeURIComponent(url.pathname.replace(/^\/api\/exhibits\/?/, ''));
  if (id) return all[id] ? shown(id, all[id], language) : null;
  const exhibits = Object.entries(all).map(([name, exhibit]) => shown(name, exhibit, language));
  return { version: 'demo', exhibits, total: exhibits.length, page: 1, size: 100 };
}
