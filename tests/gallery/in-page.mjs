// Runs in the gallery's page, where `AdaptiveCards` is Microsoft's renderer: draws each card into its frame.
const { host, cards } = JSON.parse(document.getElementById('cards').textContent);
for (const frame of document.querySelectorAll('[data-card]')) {
  const { content, language } = cards[Number(frame.dataset.card)];
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(host);
  card.parse(content);
  card.lang = language;
  frame.append(card.render());
}
document.body.dataset.drawn = 'yes';
