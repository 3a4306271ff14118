/**
 * What single words do in a request, in the languages that are read most: English, Portuguese,
 * Spanish, French and German, and the commonest negations of Chinese. Words are lower-case, without
 * accents and apostrophes.
 */
export type WordKind =
  /** Turns a request round. */
  | 'negation'
  /** Says please or thanks. */
  | 'courtesy'
  /** Asks for a manner, not for a matter. */
  | 'manner'
  | 'article'
  /** Ties a new matter to a request. */
  | 'link'
  /** Joins two things. */
  | 'joint'
  /** Pronouns, auxiliaries, degrees. */
  | 'light'
  | 'number'
  | 'content'

const lists: Record<Exclude<WordKind, 'number' | 'content'>, string> = {
  negation: `not no never without nor none neither nothing nobody nowhere cannot cant dont doesnt
    didnt isnt arent wasnt werent wont wouldnt shouldnt couldnt hasnt havent hadnt mustnt neednt aint
    unless except excluding exclude avoid instead opposite
    nao nunca sem nem jamais nenhum nenhuma nada ninguem exceto evite evitar
    sin ni jamas ningun ninguna ninguno nadie excepto salvo evita tampoco
    ne pas sans aucun aucune rien personne sauf evite eviter nest
    nicht kein keine keinen keinem keiner keines nie niemals ohne weder nichts niemand ausser
    vermeide statt
    不 没 没有 不要 别 无`,
  courtesy: `please pls kindly thanks thank thx hello hi hey greetings appreciate appreciated
    advance regards cheers
    favor obrigado obrigada ola gentileza antemao desde
    gracias hola antemano
    sil plait merci bonjour salut davance
    bitte danke dank vielen hallo voraus
    请 谢谢 你好`,
  manner: `brief briefly short shortly quick quickly detail details detailed clear clearly simple
    simply step possible again now today help hope well good great nice best glad grateful kind
    soon urgent urgently hurry carefully thoroughly properly precisely honestly concise concisely
    welcome curious sorry bother reply response answer forward looking let know mind time
    plain own words take keep think need want morning afternoon evening day mate pretty
    precise sense
    brevemente detalhe detalhes detalhado passo possivel ajuda espero bem claro clara curto curta
    simples bom boa otimo faz ja urgente rapido cuidado desculpe incomodo resposta dia tempo
    esteja estejas tarde noite preciso quero
    pode podes poderia ajudar ajudarme agradeco atencao
    detalle detalles detallado paso posible ayuda bien claro corto corta sencillo sencilla bueno
    buena urgente rapido cuidado perdon molestia respuesta dia tiempo
    tarde noche necesito quiero buenos buenas dias
    puede puedes podrias ayudar ayudarme agradezco perdona
    brievement detail details etape possible aide jespere bien clair claire court courte bon bonne
    urgent rapidement soin desole reponse journee temps
    besoin veux soir peux pouvez pourrais pourriez aider maider remercie bonsoir
    deranger
    kurz detail schritt moglich hilfe hoffe gut klar klare einfach einfache
    dringend schnell sorgfaltig entschuldigung antwort zeit tag guten
    morgen abend brauche
    kannst konnen konntest konnten helfen dankbar ware storung`,
  article: `a an the o os as um uma el la los las un una lo le les une der die das den dem des ein
    eine einen einem einer`,
  link: `about of from to with in on for at by into onto between against over under through after
    before during until since per via if
    de do da dos das em no na nos nas por pelo pela para com sobre entre contra ate apos se ao aos
    del al en con desde hasta si segun
    du aux au dans avec sur pour par chez vers depuis entre contre
    von vom zu zum zur mit im am an auf aus bei fur uber unter nach vor durch gegen zwischen seit
    wenn`,
  joint: 'and or but e ou mas y o u pero et mais und oder aber',
  light: `i me my we us our you your he him his she her it its they them their this that these those
    is are was were be been am do does did have has had can could would should will may might must
    very really so just too also there here much many more some any
    eu mim meu minha tu teu tua voce seu sua ele ela isto isso este esta esse essa ser sou e esta
    muito muita mais foi ha que
    yo mi mis tu tus te su sus el ella esto eso este esta estes es son ser fue muy mucho muchas que
    hay
    je moi mon ma mes ton ta tes tu vous il elle ce cet cette ces est sont etre tres beaucoup qui
    que vas va
    ich mich mir mein meine meinen du dich dir dein deine er sie es ihr sein ihre dieser diese
    dieses ist sind war sehr dass geht auch`,
}

const known = new Map<string, WordKind>()
for (const [kind, words] of Object.entries(lists) as [WordKind, string][]) {
  for (const word of words.split(/\s+/)) if (!known.has(word)) known.set(word, kind)
}

/**
 * What a normalised word does. A word that is in no list is content; a word of two languages has
 * the kind that matters more, so that nothing that may be a negation passes for a small word.
 * @example kindOf('without') // 'negation'
 */
export function kindOf(word: string): WordKind {
  const kind = known.get(word)
  if (kind) return kind
  return /^-?\d/.test(word) ? 'number' : 'content'
}
