import type { Language } from './scenario.js';

/** Given and family names that go together. */
export interface Culture {
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** People of it may write in this language. */
  readonly language?: Language;
}

const split = (text: string) => text.split(' ');

const culture = (given: string, family: string, language?: Language): Culture => ({
  given: split(given),
  family: split(family),
  ...(language === undefined ? {} : { language }),
});

/** Where customers come from; names as people write them in Latin letters. */
export const CULTURES: readonly Culture[] = [
  culture(
    'Olivia Harry Amelia Jack Isla Callum Freya Owen Maisie',
    'Bennett Shaw Fletcher Doyle Ashworth Pike Marsh Hobbs',
  ),
  culture(
    'Emily Jason Megan Tyler Brooke Marcus Dana Kevin Rachel',
    'Morgan Reyes Whitaker Sullivan Brooks Delgado Hayes Carver',
  ),
  culture('Aoife Cillian Niamh Oisín Saoirse Declan', "O'Connor Byrne Gallagher Kavanagh Nolan Walsh"),
  culture(
    'Lena Jonas Miriam Felix Antje Sebastian Käthe Jörg',
    'Schäfer Vogel Brandt Hoffmann Krüger Weiß Lorenz Baumann',
    'de',
  ),
  culture(
    'Camille Hugo Élodie Mathieu Inès Théo Manon Rémi',
    'Lefèvre Moreau Garnier Chevalier Rousseau Perrin Fontaine',
    'fr',
  ),
  culture(
    'Lucía Álvaro Carmen Iñigo Marta Pablo Nerea Sergio',
    'García Navarro Iglesias Muñoz Serrano Vidal Cano',
    'es',
  ),
  culture(
    'Valentina Mateo Ximena Andrés Camila Tomás',
    'Restrepo Quispe Figueroa Salazar Ibáñez Rojas',
    'es',
  ),
  culture(
    'Beatriz João Larissa Thiago Inês Duarte Renata',
    'Carvalho Almeida Nogueira Teixeira Araújo Pires',
    'pt',
  ),
  culture(
    'Giulia Lorenzo Chiara Matteo Federica Davide',
    'Ferrari Conti Marchetti Galli Rinaldi Moretti',
    'it',
  ),
  culture('Sanne Daan Femke Bram Lotte Sjoerd', 'Bakker Visser Dijkstra Mulder Hendriks Postma'),
  culture('Ingrid Lars Astrid Mikkel Signe Øystein Linnéa', 'Sørensen Lindgren Berg Nyström Dahl Hauge'),
  culture('Agnieszka Paweł Zofia Łukasz Katarzyna Michał', 'Kaczmarek Wójcik Mazur Dudek Sikora Wrona'),
  culture('Ondřej Tomáš Marek Vojtěch', 'Novák Dvořák Horák Beneš'),
  culture('Tereza Jana Lucie Barbora', 'Nováková Svobodová Černá Horáková'),
  culture('Zoltán Eszter Réka Bence', 'Szabó Kovács Tóth Farkas'),
  culture('Radu Ioana Andreea Mihai', 'Popescu Ionescu Dumitru Stan'),
  culture('Oksana Dmytro Olena Taras Iryna', 'Shevchenko Bondarenko Kravets Melnyk Tkachenko'),
  culture('Eleni Giorgos Despina Nikos', 'Georgiou Ioannou Papageorgiou Vasileiou'),
  culture('Elif Emre Zeynep Kerem Ayşe Burak', 'Yılmaz Kaya Demir Şahin Öztürk Aydın'),
  culture('Layla Omar Nour Karim Yasmin Tariq', 'Haddad Mansour Khalil Nasser Aziz Farouk'),
  culture('Shirin Reza Noa Amit Parisa', 'Rahimi Karimi Levi Mizrahi Ahmadi'),
  culture('Ananya Arjun Kavya Rohan Meera Vikram Divya', 'Iyer Sharma Patel Chatterjee Nair Reddy Kulkarni'),
  culture('Ayesha Bilal Sana Imran Nusrat', 'Malik Qureshi Hussain Rahman Chowdhury'),
  culture('Chiamaka Tunde Ngozi Emeka Zainab Kofi Abena', 'Adeyemi Okonkwo Balogun Mensah Boateng Eze'),
  culture('Wanjiru Otieno Amina Juma Zanele Thabo', 'Kamau Odhiambo Mwangi Dlamini Nkosi Abdi'),
  culture('Haruka Kenji Misaki Daiki Yui Takumi', 'Yamamoto Sato Kobayashi Nakamura Fujita Mori', 'ja'),
  culture('Jiho Minseo Seoyeon Hyunwoo', 'Kim Park Choi Jung'),
  culture('Wei Xinyi Jun Meiling Zihan', 'Chen Liu Zhang Huang Lin'),
  culture('Linh Minh Thảo Quang', 'Nguyễn Trần Phạm Lê'),
  culture('Putri Dimas Siti Angelo Maricel', 'Wijaya Santoso Pratama Reyes Bautista'),
];

export const COMPANIES: readonly string[] = [
  'Harlow Dental',
  'Brisa Travel',
  'Northgate Surveyors',
  'Kiln & Co',
  'Ostrava Freight',
  'Lumière Events',
  'Petrel Marine',
  'Juniper Clinics',
  'Two Rivers School',
  'Atelier Moss',
  'Fjordlys Energi',
  'Copperfield Legal',
  'Tanaka Packaging',
  'Savanna Roasters',
  'Meridian Housing',
  'Blue Heron Films',
  'Studio Paprika',
  'Granite Roofing',
  'Vela Logistics',
  'Maplewood Vets',
  'Orchard Payroll',
  'Sankofa Trust',
  'Quarry Lane Architects',
  'Delta Stagecraft',
  'Polder Techniek',
  'Casa Verde Gardens',
  'Signal Hill Radio',
  'Eastbay Robotics',
  'Kettle Street Bakery',
  'Anatolia Textiles',
  'Redwood Hospice',
  'Bright Harbour Media',
  'Lotus Physio',
  'Ironbridge Tools',
  'Monsoon Analytics',
  'Holloway Theatre',
  'Peakline Outdoor',
  'Cedar & Stone',
  'Aurora Translations',
  'Millrace Brewing',
];
