/**
 * What the demo's rows are made of: invented people, places and things. Quotes, several scripts and characters of four
 * bytes are among them on purpose: a pipeline that loses one of these shows it in the demo.
 */
export const firstNames = [
  "Amélie",
  "Bjørn",
  "Chloé",
  "Dmitri",
  "Eilidh",
  "Farah",
  "Gustavo",
  "Hana",
  "Ingrid",
  "Jürgen",
  "Kofi",
  "Łucja",
  "Mei",
  "Niamh",
  "Oisín",
  "Priya",
  "Quentin",
  "Rosa",
  "Søren",
  "Tomás",
  "Ulla",
  "Yūki",
  "Zeynep",
] as const;

export const lastNames = [
  "O'Hara",
  "Müller-Brandt",
  "Nakamura",
  "D'Amico",
  "Świątek",
  "Ferreira",
  "Van 't Hoff",
  "Okafor",
  "Lindqvist",
  "Papadopoulos",
  "MacLeod",
  "Ramírez",
  "Yıldız",
  "Çelik",
  "Dubois",
  "Horváth",
  "Rasmussen",
  "Iyer",
  "𠮷田",
] as const;

export const companies = [
  'Tern & "Plover" Ltd',
  "Copper Kettle Works",
  "Halvorsen's Boats",
  "Lumen ☀ Glass",
  "Blue Heron Mapping",
  "Casa do Sal",
  "Nine Bridges Print",
  "Moss\\Stone Gardens",
  "Brass Monkey Audio",
  "Kite & Anchor",
] as const;

export const streets = [
  "Rope Walk",
  "Rue de l'Église",
  "Lange Straße",
  "Fish Market Lane",
  "Calle del Olmo",
  "Ulica Młyńska",
  "Harbour Steps",
  "Nørregade",
  "Old Mill Road",
] as const;

export const places = [
  { city: "Galway", country: "Ireland" },
  { city: "Kraków", country: "Poland" },
  { city: "Malmö", country: "Sweden" },
  { city: "Porto", country: "Portugal" },
  { city: "L'Aquila", country: "Italy" },
  { city: "Fukuoka (福岡)", country: "Japan" },
  { city: "İzmir", country: "Türkiye" },
  { city: "Accra", country: "Ghana" },
  { city: "Mérida", country: "Mexico" },
  { city: "Zürich", country: "Switzerland" },
] as const;

export const movies = [
  "The Clockmaker's Daughter Returns",
  'A Night Called "Tuesday"',
  "Seven Lighthouses",
  "100% Rain",
  "The Last Ferry to Skye",
  "Émile et la Lune 🌙",
  "Paper Tigers, Paper Boats",
] as const;

export const colours = ["teal", "ochre", "crimson", "slate", "moss green", "ivory", "indigo"] as const;

export const animals = ["otter", "heron", "red panda 🐼", "hedgehog", "axolotl", "lynx", "octopus 🐙"] as const;

export const items = [
  "Wooden spoon",
  "Children's telescope",
  '12" cast iron pan',
  "Café press, 1 litre",
  "Wool blanket (grey)",
  "Bicycle bell 🔔",
  "Garden twine, 50 m",
  "Blank notebook \\ A5",
  "Ceramic teapot",
  "Desk lamp 'Luna'",
  "Rain jacket",
  "Board game: Straße & Schiene",
] as const;
