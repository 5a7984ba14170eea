// What the demo guide says: for developing the page only.

const starry = [
  {
    id: 'the-starry-night', title: 'The Starry Night', score: 0.92,
    quote: 'He wrote to his brother: “I saw the countryside from my window a long time before sunrise, with nothing but the morning star, which looked very big.”',
  },
  {
    id: 'the-starry-night-village', title: 'The village in The Starry Night', score: 0.71,
    quote: 'The village could not be seen from his window. Its spire recalls the north, where he was born.',
  },
];
const warriors = [
  { id: 'terracotta-army', title: '将军俑头部', score: 0.9, quote: '头部先以模具成型，再由工匠贴塑、刻划五官与须发，面目各不相同。' },
  { id: 'terracotta-colour', title: '彩绘残片', score: 0.7, quote: '俑身原施彩绘，出土后生漆底层失水卷曲，颜料随之脱落。' },
];

export const answers = {
  en: {
    sentences: [
      'Partly.',
      'He watched it from his bedroom window in Saint-Rémy, a long time before sunrise, and the morning star was there.',
      'But the village is invented: it could not be seen from his window.',
      'He painted by day, from memory.',
    ],
    sources: starry,
    suggestions: ['Why did he paint the stars so large?', 'Where was this window?', 'Who owned it first?'],
  },
  zh: {
    sentences: ['很可能没有两张脸完全相同。', '头部先以模具成型，再由工匠贴塑、刻划五官与须发。', '他们原本还涂着鲜艳的颜色，出土后，大多很快就剥落了。', '所以站近了看，每一位都像一个真实的人。'],
    sources: warriors,
    suggestions: ['兵马俑一共有多少？', '颜色是怎么消失的？', '是谁发现了它们？'],
  },
  unknown: {
    en: {
      sentences: ['Our texts don’t say, and I won’t guess.', 'Shall I pass your question to the curators?'],
      sources: [], suggestions: ['Who painted The Starry Night?', 'How was the Rosetta Stone read?', 'What does the Antikythera Mechanism show?'],
    },
    zh: {
      sentences: ['馆里的资料没有提到，我不想乱猜。', '要不要把问题转给策展人？'],
      sources: [], suggestions: ['《星月夜》是谁画的？', '罗塞塔石碑是怎么读懂的？', '何尊上写了什么？'],
    },
  },
};

const markup = {
  sentences: ['It says <img src=x onerror="alert(1)"> & <b>nothing</b> else.'],
  sources: [{ id: 'markup', title: '<i>Title</i>', score: 1, quote: '<script>alert(1)</script> says nothing else at all' }],
  suggestions: ['<u>Why</u>?'],
};

export function answerTo(question) {
  const language = /\p{Script=Han}/u.test(question) ? 'zh' : 'en';
  if (question.includes('markup')) return { language, ...markup };
  if (/unknown|门票/.test(question)) return { language, ...answers.unknown[language] };
  return { language, ...answers[language] };
}
