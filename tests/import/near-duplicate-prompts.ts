/**
 * The prompts that the near-duplicate set is made of. All are written for the set. Marks inside a
 * text: «12» is a number that can be written otherwise, ‹city› a value that a template can change,
 * ⟦cats|dogs⟧ two things joined by "and" in the prompt's language, ‸ a place for an adjective.
 */
export type Language = 'en' | 'pt' | 'es' | 'fr' | 'de'

/** Three different requests about one topic: near in words, not in what they ask. */
export const topicPrompts: readonly (readonly string[])[] = [
  [
    'Explain how photosynthesis works.',
    'Why are most leaves green and not black? Give a ‸ reason that a child of «11» would accept.',
    'Design a ‸ classroom experiment about light and plants for ‹name›. It should need only ⟦water|cress⟧ and take «3» days.',
  ],
  [
    'Write a ‸ poem about the sea.',
    'How deep is the sea near ‹city›, and who measured it first?',
    'I am afraid of swimming in the sea. Suggest «5» ‸ exercises that I can do at home before my trip to ‹city›.',
  ],
  [
    'What is a ‸ recipe for ‹food›?',
    'How long can I keep ‹food› in the fridge before it turns bad?',
    'My guests do not eat meat. Which ‸ side dish goes with ‹food›, and how much of it do I need for «8» people?',
  ],
  [
    'Translate "good morning, my friend" into ‹tongue›.',
    'Which ‸ books help a beginner to learn ‹tongue›?',
    'Compare the grammar of ‹tongue› with that of Latin. Look at ⟦cases|tenses⟧ and give «4» ‸ examples.',
  ],
  [
    'Plan a ‸ weekend in ‹city›.',
    'Which ‸ museum in ‹city› should I see first?',
    'Is ‹city› a safe place for a woman who travels alone? Tell me about ⟦trains|buses⟧ at night too.',
  ],
  [
    'How do vaccines work?',
    'Who invented the first vaccine, and against which disease?',
    'Write a ‸ letter to parents that answers «6» common worries about vaccines. Use plain words, and name a source for every claim.',
  ],
  [
    'Summarise the plot of Hamlet.',
    'Why does Hamlet wait so long before he acts?',
    'Rewrite the ghost scene of Hamlet as a ‸ text-message chat between ‹name› and a friend.',
  ],
  [
    'What caused the First World War?',
    'Describe a day in the trenches of 1916 from the view of a ‸ soldier called ‹name›.',
    'Which treaties ended the First World War, and what did each of them change on the map?',
  ],
  [
    'How can I sleep better?',
    'What happens in the brain while we dream?',
    'Create a ‸ bedtime routine for a nurse named ‹name› who works «12» hours a day. Include ⟦food|light⟧ and noise.',
  ],
  [
    'Write a ‸ cover letter for ‹company›.',
    'What questions does ‹company› ask in a job interview?',
    'I was fired from ‹company› after «2» months. How do I explain the ‸ gap in my CV?',
  ],
  [
    'Explain inflation to a teenager.',
    'Which ‸ country had the highest inflation in history?',
    'My rent rises by «7» percent a year and my pay by «4» percent. What does this mean for me after «10» years?',
  ],
  [
    'Tell me a ‸ joke about cats.',
    'My cat ‹name› has stopped eating. What should I check before I call the vet?',
    'Are cats or dogs ‸ company for an old person? Weigh ⟦cost|noise⟧ and the need for walks.',
  ],
  [
    'How does a sorting algorithm work?',
    'Write a ‹tool› function that sorts a list of names by length.',
    'When is bubble sort faster than quicksort? Give a ‸ case with «20» elements and count the comparisons.',
  ],
  [
    'What is a black hole?',
    'How would time pass for ‹name› near a black hole, seen from Earth?',
    'Draft a ‸ museum label about black holes. It has at most «60» words, and it must not use formulas.',
  ],
  [
    'Give me ‸ tips for public speaking.',
    'Write a ‸ wedding toast for ‹name› by an older sister.',
    'Mark the rhetorical figures in this sentence: "We came, we saw, we lost the map." Then name a ‸ speech that uses the same figure.',
  ],
  [
    'How do I change a bicycle tyre?',
    'Is a bicycle with «21» gears better than one with «7» for a ‸ ride around ‹city›?',
    'Write an angry but ‸ letter to the mayor of ‹city› about missing bicycle lanes.',
  ],
  [
    'What are the rules of chess?',
    'Show me a ‸ opening for black against the queen pawn.',
    'Invent a chess club for ‹city›. Describe ⟦fees|prizes⟧, the first evening, and how ‹name› wins it.',
  ],
  [
    'How is coffee decaffeinated?',
    'Name «3» ‸ cafés that ‹name› could open in ‹city›.',
    'Does coffee harm the heart? Sum up what large studies found for people who drink more than «5» cups a day.',
  ],
  [
    'Describe the water cycle.',
    'How much water does a household of «4» use in a day?',
    'Write a ‸ story in which the last river of ‹city› speaks to a child named ‹name›.',
  ],
  [
    'How do I write a ‸ résumé?',
    'Turn the following notes into a résumé: ‹name›, lives in ‹city›, «9» years in sales, speaks ‹tongue›.',
    'Which ‸ mistakes in a résumé make recruiters at ‹company› stop reading?',
  ],
  [
    'What is machine learning?',
    'Explain the bias of a ‸ classifier to ‹name›, who has never programmed.',
    'List «10» ‸ data sets for a first course on machine learning, and say for each what it is bad at.',
  ],
  [
    'How do bees make honey?',
    'Can ‹name› keep bees on a balcony in ‹city›? Think of ⟦neighbours|winter⟧ and of the law.',
    'Write a ‸ slogan for a honey brand sold by ‹company›.',
  ],
  [
    'Explain the offside rule in football.',
    'Write a ‸ match report: ‹city› won «3» to «2» after a late goal by ‹name›.',
    'Why do football clubs go bankrupt? Discuss ⟦wages|stadiums⟧ with a ‸ example.',
  ],
  [
    'How do I stop procrastinating?',
    'Write an ‸ apology to ‹name› for handing in my report «5» days late.',
    'Make a study plan for an exam in «6» weeks. Each day has «2» hours, and Sundays are free.',
  ],
  [
    'What is the meaning of life?',
    'Which ‸ philosopher would ‹name› like if she enjoys irony?',
    'Argue first for and then against free will. Use «150» words for each side, and end with a question.',
  ],
  [
    'How do I set up a router?',
    'My router drops the connection every «20» minutes. What can I test with ⟦a cable|a phone⟧?',
    'Write a ‸ sign that asks the guests of a hotel in ‹city› not to share the wireless password.',
  ],
]

/** The same request in five languages: every pair of them is a translation. */
export const parallelPrompts: readonly Record<Language, string>[] = [
  {
    en: 'Write a ‸ story about a dragon who loves books.',
    pt: 'Escreva uma história ‸ sobre um dragão que adora livros.',
    es: 'Escribe un cuento ‸ sobre un dragón que ama los libros.',
    fr: 'Écris une histoire ‸ sur un dragon qui adore les livres.',
    de: 'Schreibe eine ‸ Geschichte über einen Drachen, der Bücher liebt.',
  },
  {
    en: 'Give me «3» ideas for a birthday present for ‹name›.',
    pt: 'Dê-me «3» ideias de presente de aniversário para ‹name›.',
    es: 'Dame «3» ideas de regalo de cumpleaños para ‹name›.',
    fr: "Donne-moi «3» idées de cadeau d'anniversaire pour ‹name›.",
    de: 'Gib mir «3» Ideen für ein Geburtstagsgeschenk für ‹name›.',
  },
  {
    en: 'What is the capital of Australia?',
    pt: 'Qual é a capital da Austrália?',
    es: '¿Cuál es la capital de Australia?',
    fr: "Quelle est la capitale de l'Australie ?",
    de: 'Was ist die Hauptstadt von Australien?',
  },
  {
    en: 'How much does a flight from ‹city› cost for «2» adults in ‹month›?',
    pt: 'Quanto custa um voo de ‹city› para «2» adultos em ‹month›?',
    es: '¿Cuánto cuesta un vuelo desde ‹city› para «2» adultos en ‹month›?',
    fr: 'Combien coûte un vol depuis ‹city› pour «2» adultes en ‹month› ?',
    de: 'Wie viel kostet ein Flug ab ‹city› für «2» Erwachsene im ‹month›?',
  },
  {
    en: 'Explain the difference between ⟦weather|climate⟧ to a class of «25» pupils.',
    pt: 'Explique a diferença entre ⟦tempo|clima⟧ a uma turma de «25» alunos.',
    es: 'Explica la diferencia entre ⟦tiempo|clima⟧ a una clase de «25» alumnos.',
    fr: 'Explique la différence entre ⟦météo|climat⟧ à une classe de «25» élèves.',
    de: 'Erkläre einer Klasse von «25» Schülern den Unterschied zwischen ⟦Wetter|Klima⟧.',
  },
  {
    en: 'I lost my passport in ‹city›. What must I do first? My train leaves in «5» hours.',
    pt: 'Perdi o meu passaporte em ‹city›. O que devo fazer primeiro? O meu comboio parte em «5» horas.',
    es: 'Perdí mi pasaporte en ‹city›. ¿Qué debo hacer primero? Mi tren sale en «5» horas.',
    fr: "J'ai perdu mon passeport à ‹city›. Que dois-je faire d'abord ? Mon train part dans «5» heures.",
    de: 'Ich habe meinen Pass in ‹city› verloren. Was muss ich zuerst tun? Mein Zug fährt in «5» Stunden.',
  },
  {
    en: 'Correct the mistakes in my ‸ essay about school uniforms.',
    pt: 'Corrija os erros da minha redação ‸ sobre uniformes escolares.',
    es: 'Corrige los errores de mi ensayo ‸ sobre los uniformes escolares.',
    fr: 'Corrige les fautes de ma rédaction ‸ sur les uniformes scolaires.',
    de: 'Korrigiere die Fehler in meinem ‸ Aufsatz über Schuluniformen.',
  },
  {
    en: 'Cook something with ⟦rice|beans⟧ for «4» people. I have «30» minutes, and no oven.',
    pt: 'Cozinhe algo com ⟦arroz|feijão⟧ para «4» pessoas. Tenho «30» minutos, e nenhum forno.',
    es: 'Cocina algo con ⟦arroz|frijoles⟧ para «4» personas. Tengo «30» minutos, y ningún horno.',
    fr: "Cuisine quelque chose avec du ⟦riz|haricot⟧ pour «4» personnes. J'ai «30» minutes, et aucun four.",
    de: 'Koche etwas mit ⟦Reis|Bohnen⟧ für «4» Personen. Ich habe «30» Minuten, und keinen Ofen.',
  },
  {
    en: 'Why is the sky blue?',
    pt: 'Por que o céu é azul?',
    es: '¿Por qué el cielo es azul?',
    fr: 'Pourquoi le ciel est-il bleu ?',
    de: 'Warum ist der Himmel blau?',
  },
  {
    en: 'Write a ‸ email to my landlord ‹name›. The heating has been broken for «12» days.',
    pt: 'Escreva um email ‸ ao meu senhorio ‹name›. O aquecimento está avariado há «12» dias.',
    es: 'Escribe un correo ‸ a mi casero ‹name›. La calefacción lleva «12» días rota.',
    fr: 'Écris un courriel ‸ à mon propriétaire ‹name›. Le chauffage est en panne depuis «12» jours.',
    de: 'Schreibe meinem Vermieter ‹name› eine ‸ Mail. Die Heizung ist seit «12» Tagen kaputt.',
  },
  {
    en: 'How many bones does an adult have?',
    pt: 'Quantos ossos tem um adulto?',
    es: '¿Cuántos huesos tiene un adulto?',
    fr: "Combien d'os possède un adulte ?",
    de: 'Wie viele Knochen hat ein Erwachsener?',
  },
  {
    en: 'Describe ‹city› in «100» words. Speak of ⟦streets|smells⟧, and of one old building.',
    pt: 'Descreva ‹city› em «100» palavras. Fale de ⟦ruas|cheiros⟧, e de algum prédio antigo.',
    es: 'Describe ‹city› en «100» palabras. Habla de ⟦calles|olores⟧, y de algún edificio antiguo.',
    fr: "Décris ‹city› en «100» mots. Parle de ⟦rues|odeurs⟧, et d'un vieux bâtiment.",
    de: 'Beschreibe ‹city› in «100» Wörtern. Sprich von ⟦Straßen|Gerüchen⟧, und von einem alten Haus.',
  },
  {
    en: 'Is it healthy to skip breakfast?',
    pt: 'Faz bem saltar o pequeno-almoço?',
    es: '¿Es sano saltarse el desayuno?',
    fr: 'Est-il sain de sauter le petit-déjeuner ?',
    de: 'Ist es gesund, das Frühstück auszulassen?',
  },
  {
    en: 'Compare «2» phones under «500» euros. Which has the better ‸ camera?',
    pt: 'Compare «2» telemóveis abaixo de «500» euros. Qual tem a melhor câmara ‸?',
    es: 'Compara «2» teléfonos de menos de «500» euros. ¿Cuál tiene la mejor cámara ‸?',
    fr: 'Compare «2» téléphones à moins de «500» euros. Lequel a le meilleur appareil photo ‸ ?',
    de: 'Vergleiche «2» Handys unter «500» Euro. Welches hat die bessere ‸ Kamera?',
  },
  {
    en: 'Teach me «10» words of ‹tongue› that a tourist needs.',
    pt: 'Ensine-me «10» palavras de ‹tongue› de que um turista precisa.',
    es: 'Enséñame «10» palabras de ‹tongue› que necesita un turista.',
    fr: 'Apprends-moi «10» mots de ‹tongue› utiles à un touriste.',
    de: 'Bring mir «10» Wörter auf ‹tongue› bei, die ein Tourist braucht.',
  },
  {
    en: 'The town of ‹city› has «12,000» inhabitants, of whom «8» percent are farmers. How many farmers live there?',
    pt: 'A vila de ‹city› tem «12,000» habitantes, dos quais «8» por cento são agricultores. Quantos agricultores vivem lá?',
    es: 'El pueblo de ‹city› tiene «12,000» habitantes, de los cuales el «8» por ciento son agricultores. ¿Cuántos agricultores viven allí?',
    fr: 'La ville de ‹city› compte «12,000» habitants, dont «8» pour cent sont agriculteurs. Combien y a-t-il d’agriculteurs ?',
    de: 'Die Stadt ‹city› hat «12,000» Einwohner, von denen «8» Prozent Bauern sind. Wie viele Bauern leben dort?',
  },
  {
    en: 'Who painted the ceiling of the Sistine Chapel?',
    pt: 'Quem pintou o teto da Capela Sistina?',
    es: '¿Quién pintó el techo de la Capilla Sixtina?',
    fr: 'Qui a peint le plafond de la chapelle Sixtine ?',
    de: 'Wer hat die Decke der Sixtinischen Kapelle gemalt?',
  },
  {
    en: 'My daughter ‹name› is «7» and fears the dark. What ‸ bedtime ritual could help her?',
    pt: 'A minha filha ‹name› tem «7» anos e teme o escuro. Que ritual ‸ de dormir a pode ajudar?',
    es: 'Mi hija ‹name› tiene «7» años y teme la oscuridad. ¿Qué ritual ‸ de dormir puede ayudarla?',
    fr: 'Ma fille ‹name› a «7» ans et craint le noir. Quel rituel ‸ du coucher pourrait l’aider ?',
    de: 'Meine Tochter ‹name› ist «7» und fürchtet die Dunkelheit. Welches ‸ Ritual am Abend könnte ihr helfen?',
  },
  {
    en: 'Write a ‹tool› program that prints the even numbers up to «50».',
    pt: 'Escreva um programa em ‹tool› que imprima os números pares até «50».',
    es: 'Escribe un programa en ‹tool› que imprima los números pares hasta «50».',
    fr: "Écris un programme en ‹tool› qui affiche les nombres pairs jusqu'à «50».",
    de: 'Schreibe ein Programm in ‹tool›, das die geraden Zahlen bis «50» ausgibt.',
  },
  {
    en: 'Summarise the advantages of ⟦solar|wind⟧ power. Keep to «5» ‸ sentences.',
    pt: 'Resuma as vantagens da energia ⟦solar|eólica⟧. Limite-se a «5» frases ‸.',
    es: 'Resume las ventajas de la energía ⟦solar|eólica⟧. Limítate a «5» frases ‸.',
    fr: "Résume les avantages de l'énergie ⟦solaire|éolienne⟧. Tiens-toi à «5» phrases ‸.",
    de: 'Fasse die Vorteile von ⟦Sonnenkraft|Windkraft⟧ zusammen. Halte dich an «5» ‸ Sätze.',
  },
  {
    en: 'Can penguins fly?',
    pt: 'Os pinguins conseguem voar ou não?',
    es: '¿Pueden volar los pingüinos?',
    fr: 'Les manchots peuvent-ils voler ?',
    de: 'Können Pinguine eigentlich fliegen?',
  },
  {
    en: 'Plan a ‸ menu for a wedding with «120» guests. There are ⟦children|vegetarians⟧ among them, and the budget is «2,000» euros.',
    pt: 'Planeie uma ementa ‸ para um casamento com «120» convidados. Há ⟦crianças|vegetarianos⟧ entre eles, e o orçamento é de «2,000» euros.',
    es: 'Planea un menú ‸ para una boda con «120» invitados. Hay ⟦niños|vegetarianos⟧ entre ellos, y el presupuesto es de «2,000» euros.',
    fr: 'Prévois un menu ‸ pour un mariage de «120» invités. Il y a des ⟦enfants|végétariens⟧ parmi eux, et le budget est de «2,000» euros.',
    de: 'Plane ein ‸ Menü für eine Hochzeit mit «120» Gästen. Darunter sind ⟦Kinder|Vegetarier⟧, und das Budget beträgt «2,000» Euro.',
  },
  {
    en: 'What does a judge do all day?',
    pt: 'O que faz um juiz o dia todo?',
    es: '¿Qué hace un juez todo el día?',
    fr: 'Que fait un juge toute la journée ?',
    de: 'Was macht ein Richter den ganzen Tag?',
  },
  {
    en: 'Convince ‹name› to move to ‹city› in ‹month›. Name «4» reasons, and be ‸.',
    pt: 'Convença ‹name› a mudar-se para ‹city› em ‹month›. Diga «4» razões, e seja ‸.',
    es: 'Convence a ‹name› de mudarse a ‹city› en ‹month›. Da «4» razones, y sé ‸.',
    fr: 'Convaincs ‹name› de déménager à ‹city› en ‹month›. Donne «4» raisons, et sois ‸.',
    de: 'Überzeuge ‹name›, im ‹month› nach ‹city› zu ziehen. Nenne «4» Gründe, und sei ‸.',
  },
]

/** Sums and orders: the same words with other numbers ask for something else. */
export const numericPrompts: readonly string[] = [
  'What is «17» plus «25»?',
  'Multiply «48» by «12» and show your work.',
  'How many minutes are there in «36» hours?',
  'A train covers «250» kilometres in «3» hours. What is its average speed?',
  '‹name› buys «15» apples, eats «4» of them, and gives «2» to a friend. How many are left?',
  'A shirt costs «40» euros and is reduced by «15» percent. What is the new price?',
  'Order «1,500» sheets of paper for the office in ‹city›, to arrive on ‹date›.',
  'If «6» workers need «9» days for a wall, how many days do «18» workers need?',
  'Write a ‸ limerick with exactly «5» lines about a clerk from ‹city›.',
  'The meeting with ‹name› is on ‹date› and lasts «2» hours. Write a ‸ invitation.',
  'Convert «100» degrees Fahrenheit to Celsius.',
  'What percentage of «2,000» is «50»?',
  'A recipe for «4» needs «250» grams of flour. How much flour do «14» people need?',
  'Give me the «20» largest cities of the country that ‹city› lies in.',
  'A farm has «1,000,000» hens, and «3» percent are ill. How many are healthy?',
  'Was ‹date› a Sunday?',
  'Roll «2» dice «30» times and list the sums.',
  'How old will ‹name› be in «16» years if she was born «25» years ago?',
  'Split a bill of «120» euros between «7» friends, one of whom pays double.',
  'Name «8» films from before ‹date› that were shot in ‹city›.',
  'A tank holds «500» litres and loses «11» litres an hour. When is it empty?',
  'Draw a table with «9» rows and «13» columns for the stock of ‹company›.',
  'Which prime numbers lie between «30» and «60»?',
  'Sales at ‹company› rose from «12,000» to «18» thousand units. By how many percent did they rise?',
]

/** Prompts with a list whose items may stand in any order. */
export const listPrompts: readonly string[] = [
  'Sort these animals by weight:\n- horse\n- blue whale\n- house cat\n- goose',
  'Write one ‸ sentence that uses all of these words:\n- lantern\n- harbour\n- promise\n- snow',
  'Which of the following do not belong in a first-aid kit?\n- bandages\n- chewing gum\n- scissors\n- gloves\n- a thermometer',
  'Plan my week. I have to do these things:\n- call ‹name›\n- repair the bicycle\n- visit the tax office in ‹city›\n- buy «3» tickets for the concert',
  'Check this packing list for a ‸ trip to ‹city› and add what is missing:\n- passport\n- rain jacket\n- hiking boots\n- phone charger',
  'Explain each of these terms in one line:\n- opportunity cost\n- sunk cost\n- marginal cost',
  'Invent a ‸ character with the following traits:\n- fears birds\n- speaks ‹tongue›\n- owns «7» clocks\n- never lies',
  'Here are the facts for a press release of ‹company›. Write it in a ‸ tone.\n- a new factory opens in ‹city›\n- it gives work to «250» people\n- the roof carries solar panels',
  'Group these foods by how long they keep:\n- fresh spinach\n- dried lentils\n- smoked salmon\n- hard cheese\n- eggs',
  'Act as the ‸ host of a quiz. Ask me one question about each theme:\n- rivers of Asia\n- the human ear\n- jazz of the fifties\n- famous bridges',
  'Review the pull request against these rules:\n- names are full words\n- no function is longer than «30» lines\n- every error is handled\n- tests read as sentences',
  'Turn these keywords into a ‸ advertisement for ‹company›:\n- handmade\n- oak\n- lifetime guarantee\n- free delivery to ‹city›',
  'Rate the following excuses for being late:\n- the lift was stuck\n- my alarm did not ring\n- I helped a lost tourist\n- the bridge was open',
  'Schreibe ein ‸ Märchen, in dem das Folgende vorkommt:\n- ein blinder König\n- ein sprechender Ofen\n- ein Brunnen ohne Wasser',
  'Ordena estos inventos por antigüedad:\n- la imprenta\n- el telescopio\n- la rueda\n- la máquina de vapor',
  'Classe ces sports du plus calme au plus risqué :\n- le tir à l’arc\n- le parapente\n- la natation\n- le rugby',
  'Escreva um anúncio ‸ de um apartamento com estas qualidades:\n- vista para o rio\n- cozinha nova\n- perto do metro\n- varanda ao sol',
]

/** Prompts with code, each with identifiers or values whose change makes another question. */
export const codePrompts: readonly { text: string; changes: readonly (readonly string[])[] }[] = [
  {
    text: 'What does this function return for 7?\n\nfunction step(n) {\n  return n % 2 === 0 ? n / 2 : 3 * n + 1\n}',
    changes: [
      ['return for 7', 'return for 8'],
      ['3 * n + 1', '5 * n + 1'],
      ['n / 2', 'n * 2'],
    ],
  },
  {
    text: 'Find the bug:\n\ndef average(values):\n    total = 0\n    for value in values:\n        total += value\n    return total / len(total)',
    changes: [
      ['len(total)', 'len(values)'],
      ['total = 0', 'total = 1'],
      ['average', 'median'],
    ],
  },
  {
    text: "Explain this query in plain words.\n\nSELECT name, COUNT(*) FROM orders WHERE status = 'open' GROUP BY name HAVING COUNT(*) > 5",
    changes: [
      ['orders', 'invoices'],
      ['> 5', '< 5'],
      ["'open'", "'closed'"],
    ],
  },
  {
    text: 'Rewrite the loop below with map and filter.\n\nconst names = []\nfor (const user of users) {\n  if (user.active) names.push(user.name.trim())\n}',
    changes: [
      ['map and filter', 'reduce'],
      ['user.active', 'user.archived'],
      ['users', 'customers'],
    ],
  },
  {
    text: 'Write unit tests for parseDuration(text), which turns "1h 30m" into 5400.',
    changes: [
      ['parseDuration', 'parseDistance'],
      ['5400', '90'],
      ['1h 30m', '2h 30m'],
    ],
  },
  {
    text: 'Why does `git rebase main` report a conflict in src/index.ts every time? How do I keep my side?',
    changes: [
      ['rebase', 'merge'],
      ['main', 'develop'],
      ['index.ts', 'server.ts'],
    ],
  },
  {
    text: 'Convert this Python class to C#.\n\nclass Account:\n    def __init__(self, owner):\n        self.owner = owner\n        self.balance = 0\n\n    def deposit(self, amount):\n        self.balance += amount',
    changes: [
      ['to C#', 'to C++'],
      ['to C#', 'to Rust'],
      ['deposit', 'withdraw'],
    ],
  },
  {
    text: 'What is the time complexity of the following?\n\nfor (let i = 0; i < n; i++) {\n  for (let j = i; j < n; j += 2) {\n    visit(i, j)\n  }\n}',
    changes: [
      ['j += 2', 'j *= 2'],
      ['time complexity', 'space complexity'],
      ['let j = i', 'let j = 0'],
    ],
  },
  {
    text: 'My Dockerfile ends with CMD ["node", "server.js"], yet the container exits with code 137. What is wrong?',
    changes: [
      ['137', '127'],
      ['server.js', 'worker.js'],
      ['node', 'bun'],
    ],
  },
  {
    text: 'Make this React component accessible.\n\nexport function Toggle({ on, onChange }) {\n  return <div className="toggle" onClick={() => onChange(!on)}>{on ? "On" : "Off"}</div>\n}',
    changes: [
      ['accessible', 'faster'],
      ['React', 'Vue'],
      ['Toggle', 'Slider'],
    ],
  },
  {
    text: 'Write a regular expression that matches dates such as 2024-03-15 but not 15.03.2024.',
    changes: [
      ['2024-03-15', '03/15/2024'],
      ['dates', 'times'],
      ['2024-03-15', '2024-15-03'],
    ],
  },
  {
    text: 'Explain what `chmod 644 notes.txt` changes, bit by bit.',
    changes: [
      ['644', '755'],
      ['notes.txt', 'deploy.sh'],
      ['chmod', 'umask'],
    ],
  },
  {
    text: 'Port this shell line to PowerShell: find . -name "*.log" -mtime +30 -delete',
    changes: [
      ['+30', '-30'],
      ['*.log', '*.tmp'],
      ['PowerShell', 'Perl'],
    ],
  },
  {
    text: 'Given the type below, write a function that merges two of them.\n\ninterface Budget {\n  month: string\n  income: number\n  spending: Record<string, number>\n}',
    changes: [
      ['Budget', 'Invoice'],
      ['merges', 'compares'],
      ['month: string', 'year: number'],
    ],
  },
]

/** Long instructions without a shared passage. */
export const longPrompts: readonly string[] = [
  'You are the ‸ editor of a small newspaper in ‹city›. Every Monday you get about «30» letters from readers. Choose one of them as the letter of the week, shorten it to «120» words, and write a headline.\n\nThe paper is read by ⟦farmers|teachers⟧. They dislike long words. They like it when a letter has a joke in its last line.\n\nLetter of today: I have walked past the old mill for forty winters, and each winter somebody promises to repair its wheel. The wheel still hangs there like a broken tooth. I am now too old for promises. Let us meet on Saturday with ropes, and bring a cake.',
  'Act as a ‸ travel agent. My name is ‹name› and I would like to see ‹city› in ‹month› with my mother, who walks slowly and has to sit down every «20» minutes. We have «1,500» euros for everything.\n\nMake a plan for «4» days. For each day give one thing to see in the morning, one place to eat, and one ‸ idea for rain. Say how we get from place to place, and how many steps have stairs.\n\nMy mother speaks ‹tongue› only. She collects ⟦stamps|spoons⟧ and is afraid of lifts.',
  'I am writing a crime novel. The victim, a baker called ‹name›, is found in the flour store at «5» in the morning. The door was locked from the inside. There are «3» suspects: the sister, who wants to sell the house; the apprentice, who was paid too little; and the miller, who owes money to half of ‹city›.\n\nSuggest a ‸ solution that a careful reader could guess. It has to use ⟦the oven|the clock⟧, it must not need any poison, and the detective should find it by accident.',
  'Read the following complaint and answer it in the name of ‹company›. Be ‸, admit the fault, offer a refund of «25» percent, and do not promise anything for the future.\n\nTo whom it may concern. On ‹date› I ordered a desk from you. It arrived «12» days late, with «3» legs. When I called, a voice told me that I was number «60» in the queue. I have since used the desk as a slide for my children, who are pleased. I am less pleased.',
  'Help me to understand my electricity bill. I live in ‹city› in a flat of «60» square metres with «2» other people. Last year we used «2,000» units, this year we used «3,000», although we bought a new fridge that should use «40» percent less.\n\nWhich ‸ causes are likely? Think of ⟦heating|cooking⟧ first. Which of them can I test without tools? Write down the steps in the order in which I should take them.',
  'Du bist ein ‸ Lehrer an einer Schule in ‹city›. Deine Klasse hat «25» Schüler, von denen «4» erst seit kurzem Deutsch lernen. Schreibe einen Brief an die Eltern über den Ausflug im ‹month›.\n\nDer Brief soll sagen, was die Kinder mitbringen, wann der Bus fährt und was der Tag kostet. Bitte auch um Hilfe: Wir brauchen «3» Eltern, die mitkommen. Der Ton soll ‸ sein, ohne Ausrufezeichen.',
  'Soy dueña de una panadería ‸ en ‹city›. Vendemos unos «250» panes al día, pero los lunes sobran «40». Mi marido quiere bajar los precios un «10» por ciento; yo prefiero hornear menos.\n\n¿Quién tiene razón? Haz las cuentas con un precio de «2» euros por pan. Después escribe un cartel ‸ para la tienda, que hable de ⟦pan|café⟧.',
  'Sou voluntário numa biblioteca de ‹city›. Temos «1,500» livros e apenas «2» estantes novas. Precisamos de decidir que livros ficam à vista.\n\nSugira um critério ‸ e explique as suas fraquezas. Depois escreva uma mensagem curta para os leitores, que são sobretudo ⟦estudantes|reformados⟧, a pedir que levem «3» livros para casa.',
  "Je dirige une petite chorale à ‹city›. Nous sommes «16», dont «3» ténors seulement. Le concert a lieu en ‹month› et il nous manque une œuvre ‸ d'environ «10» minutes.\n\nPropose un programme, explique ton choix, et indique ce qui est difficile pour les altos. Le public aime ⟦Bach|Fauré⟧, et il s'endort vite.",
]
