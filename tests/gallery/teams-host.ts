/** How Teams draws cards in its light theme: the sizes and colours that Microsoft publishes for its designer. */

const foregroundColors = {
  default: { default: '#252424', subtle: '#bf252424' },
  dark: { default: '#252424', subtle: '#bf252424' },
  light: { default: '#ffffff', subtle: '#fff3f2f1' },
  accent: { default: '#6264a7', subtle: '#8b8cc7' },
  good: { default: '#92c353', subtle: '#e592c353' },
  warning: { default: '#f8d22a', subtle: '#e5f8d22a' },
  attention: { default: '#c4314b', subtle: '#e5c4314b' },
};

const container = (backgroundColor: string) => ({ backgroundColor, foregroundColors });

const fontSizes = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 };
const fontWeights = { lighter: 200, default: 400, bolder: 600 };

export const teamsHost = {
  choiceSetInputValueSeparator: ',',
  supportsInteractivity: true,
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#eeeeee' },
  imageSizes: { small: 32, medium: 52, large: 100 },
  fontStyles: {
    default: { fontFamily: "'Segoe UI', 'Liberation Sans', sans-serif", fontSizes, fontWeights },
    monospace: { fontFamily: "'Courier New', 'Liberation Mono', monospace", fontSizes, fontWeights },
  },
  containerStyles: {
    default: container('#ffffff'),
    emphasis: container('#f9f8f7'),
    accent: container('#c7def9'),
    good: container('#ccffcc'),
    attention: container('#ffc5b2'),
    warning: container('#ffe2b2'),
  },
  actions: {
    maxActions: 6,
    spacing: 'Default',
    buttonSpacing: 8,
    showCard: { actionMode: 'Inline', inlineTopMargin: 16, style: 'emphasis' },
    preExpandSingleShowCardAction: false,
    actionsOrientation: 'Horizontal',
    actionAlignment: 'Left',
  },
  adaptiveCard: { allowCustomStyle: false },
};
