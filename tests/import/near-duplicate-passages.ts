import type { Language } from './near-duplicate-prompts.ts'

/** Retrieval-style prompts: one long invented passage, and questions that ask different things. */
export const passages: readonly {
  language: Language
  text: string
  questions: readonly string[]
}[] = [
  {
    language: 'en',
    text: 'The lighthouse of Corran Point was built between 1861 and 1868 on a shelf of red sandstone. Its first keeper, Ada Merrin, stayed for thirty-one years and wrote down the weather twice a day. Her notebooks fill four shelves in the county archive, and meteorologists still use them to study the storms of that century.\n\nThe tower is 38 metres high. It was lit with colza oil until 1902, when a paraffin burner was installed, and it became electric only in 1957. In 1984 the last keeper left and the light was run from a control room on the mainland.\n\nToday a trust of volunteers owns the site. It rents the cottage to visitors, and spends the income on the roof, which leaks whenever the wind comes from the south-west.',
    questions: [
      'Who was the first keeper of the lighthouse?',
      'How high is the tower?',
      'When did the light become electric?',
      'What does the trust spend its income on?',
      'Why are the notebooks still of use?',
    ],
  },
  {
    language: 'en',
    text: 'Section 4. The tenant shall pay the rent on the third working day of each month. If the rent is more than ten days late, the landlord may charge a fee of five percent of the sum that is due. The landlord shall not charge the fee twice for the same month.\n\nSection 5. The tenant may keep one small animal in the flat. Dogs need the written consent of the landlord, who may only refuse it for a reason that lies in the house itself, such as a shared garden or an allergy of another tenant.\n\nSection 6. Repairs of up to 90 euros are paid by the tenant, as long as they do not add up to more than 400 euros in a year. All other repairs are paid by the landlord.',
    questions: [
      'By which day must the rent be paid?',
      'May the tenant keep a dog?',
      'Who pays for a repair of 120 euros?',
      'What happens if the rent is two weeks late?',
      'For which reasons may the landlord refuse consent?',
    ],
  },
  {
    language: 'en',
    text: 'Patient notes. A woman of 54 came to the clinic with a dry cough that had lasted for seven weeks. She had no fever, had lost no weight, and had never smoked. She had been given a new tablet for her blood pressure two months before.\n\nThe chest was clear. The X-ray showed nothing of note. The doctor stopped the tablet and chose a different one from another group. The cough was gone after nineteen days.\n\nThe team wrote the case down because the cough had at first been taken for asthma, and because the patient had been using an inhaler for a month without any effect.',
    questions: [
      'What was the likely cause of the cough?',
      'Which illness was suspected at first?',
      'How long did it take until the cough was gone?',
      'Summarise the case in one sentence for a colleague.',
      'What did the X-ray show?',
    ],
  },
  {
    language: 'en',
    text: 'Minutes of the meeting of the parish council on 12 May. Present were Mrs Okafor (chair), Mr Lindqvist, Ms Barr and Mr Tanaka; Mr Dupont sent his apologies. The minutes of April were approved without a change.\n\nThe council discussed the playground. Two swings are broken and the slide is too hot in summer. Ms Barr had asked three firms for a price. The cheapest offer was 8,450 pounds, and it does not include the ground under the swings. The council agreed to ask for a grant from the district before it decides.\n\nMr Tanaka reported that the bus shelter had been painted by pupils. The bill for the paint came to 112 pounds. The next meeting is on 9 June.',
    questions: [
      'Who was absent from the meeting?',
      'How much did the paint cost?',
      'What did the council decide about the playground?',
      'When is the next meeting?',
      'List all action items with the person in charge.',
    ],
  },
  {
    language: 'en',
    text: 'Kestrel is a small message queue. A producer writes a message to a topic, and each group of consumers receives it once. Messages are kept for 72 hours by default. A consumer that does not confirm a message within 30 seconds loses it to another member of its group.\n\nThe server stores messages in segments of 64 megabytes. A segment is deleted as soon as all its messages have expired. The setting "retain.confirmed" keeps confirmed messages until the segment expires; without it they are dropped at the next compaction, which runs every ten minutes.\n\nThe client retries a failed write five times, and doubles the pause each time, beginning with 200 milliseconds. Writes carry an id, so that a repeated write is stored once.',
    questions: [
      'How long are messages kept by default?',
      'What happens to a message that is not confirmed in time?',
      'How large is a segment?',
      'Explain how repeated writes are told apart.',
      'How often does the compaction run?',
    ],
  },
  {
    language: 'en',
    text: 'The river Senn rises in a bog at a height of 1,240 metres and reaches the sea after 310 kilometres. In its upper part it is narrow, cold and rich in trout. Below the town of Harlow it widens, and barges carry gravel and grain on it from March to November.\n\nTwo dams were built in the 1930s. They ended the yearly floods, but they also kept the salmon from their old spawning grounds. A ladder for fish was added in 1998, and in the autumn of 2011 the first salmon in seventy years was seen above the second dam.\n\nFarmers on the lower Senn complain that the fields have become poorer since the floods stopped, since the mud that fed them now lies behind the dams.',
    questions: [
      'How long is the river?',
      'Why have the fields become poorer?',
      'What do the barges carry?',
      'When was the first salmon seen above the second dam?',
      'Were the dams a good idea? Argue both sides.',
    ],
  },
  {
    language: 'en',
    text: 'Dear all, the move to the new office begins on Thursday. Please pack your own desk by Wednesday at four; boxes are in the corridor by the lifts. Mark each box with your name and the number of your new room. Screens are carried by the movers, keyboards by you.\n\nThe network will be off from Wednesday at eight in the evening until Friday at noon. Work from home if you can. Whoever has to meet clients may use the rooms on the second floor of the library, which Priya has booked.\n\nPlants may come along. Fridges may not. The kitchen on the fourth floor has two, and Tomas promises to clean them. If anything is lost, write to the address that you find on the box.',
    questions: [
      'Until when is the network off?',
      'Who booked the rooms in the library?',
      'May I bring my own fridge?',
      'Rewrite the message as five bullet points.',
      'What do I have to write on each box?',
    ],
  },
  {
    language: 'en',
    text: 'Interview, part two. "I learned to weave from my aunt, who had one arm and no patience," says Ilse Brandt. "She tied the warp with her teeth." The workshop above the bakery smells of wool and of warm bread. On the largest loom hangs a blanket in seven greys, made for a hotel that closed before it could pay.\n\nBrandt sells about forty pieces a year, most of them to people who have come by chance. She does not have a website. She once had one, but it brought letters from buyers who wanted the same blanket again, and she never weaves anything twice.\n\nAsked what she would do with more money, she thinks for a long time. "A second window," she says.',
    questions: [
      'From whom did she learn to weave?',
      'Why does she not have a website?',
      'What would she do with more money?',
      'Describe her character in three adjectives.',
      'Where is the workshop?',
    ],
  },
  {
    language: 'pt',
    text: 'A fábrica de cerâmica de Vale Seco abriu em 1924 e fechou em 1989. No seu melhor ano deu trabalho a 340 pessoas, na maioria mulheres. Os azulejos azuis que lá se faziam cobrem ainda as paredes de três estações de comboio.\n\nDepois do fecho, o edifício ficou vazio durante vinte e dois anos. Em 2011 um grupo de antigos operários comprou-o por um preço simbólico e fez dele um museu. Os fornos foram mantidos, mas já não se acendem por causa do fumo.\n\nO museu recebe cerca de nove mil visitantes por ano e vive das aulas de pintura que dá ao sábado.',
    questions: [
      'Em que ano fechou a fábrica?',
      'Quem comprou o edifício?',
      'De que vive o museu?',
      'Porque já não se acendem os fornos?',
      'Quantas pessoas trabalhavam na fábrica no melhor ano?',
    ],
  },
  {
    language: 'es',
    text: 'El mercado de San Telmo se celebra todos los jueves desde hace más de dos siglos. Empieza a las siete de la mañana y termina cuando se acaba el queso. Los puestos se heredan, y solo cuatro han cambiado de familia en los últimos cincuenta años.\n\nEn 2019 el ayuntamiento quiso trasladarlo a las afueras para ganar plazas de aparcamiento. Los vecinos reunieron 5.600 firmas en nueve días y el plan se abandonó. Desde entonces la plaza está cerrada a los coches los jueves.\n\nHoy venden allí sesenta y dos puestos. El más antiguo es el de los hermanos Rueda, que ofrece una sola cosa: nueces.',
    questions: [
      '¿Qué día se celebra el mercado?',
      '¿Por qué se abandonó el plan del ayuntamiento?',
      '¿Qué vende el puesto más antiguo?',
      '¿Cuántas firmas reunieron los vecinos?',
      'Resume el texto en dos frases para un turista.',
    ],
  },
]
