// Contracts · pure · sees nothing

extension ShotWords {
    package static let props = WordList(
        "props",
        [
            WordClass(
                "light", "lamp lantern candle fire", typical: "lamp", lexicon: "chandelier sconce beacon lightbulb"),
            WordClass("seat", "chair stool log bench", typical: "chair", lexicon: "couch recliner hammock saddle"),
            WordClass("board", "table counter bed", typical: "table", lexicon: "shelf sideboard dresser lectern"),
            WordClass("opening", "door window", lexicon: "hatch shutter curtain"),
            WordClass(
                "holder", "barrel crate box bag basket chest", typical: "box",
                lexicon: "casket carton tin canister satchel pouch wallet rucksack urn"),
            WordClass("vessel", "cup bowl bottle", typical: "bowl", lexicon: "goblet jug pitcher saucer tureen bucket"),
            WordClass("food", "bread", typical: "bread", lexicon: "pie pastry sandwich dumpling biscuit cookie toast"),
            WordClass("paper", "book letter map", typical: "book", lexicon: "novel atlas ledger magazine manuscript"),
            WordClass("treasure", "key coin ring crown mask", lexicon: "amulet brooch pendant medal"),
            WordClass(
                "vehicle", "cart car bicycle train boat", typical: "cart", lexicon: "truck bus tractor sled sleigh"),
            WordClass(
                "blade", "sword gun staff", typical: "staff", lexicon: "lance pike bow halberd rifle pistol scythe rake"
            ),
            WordClass("plant", "tree flower", typical: "flower", lexicon: "tulip lily daisy fern bush shrub cactus"),
            WordClass(
                "ground", "stone well fence ladder statue grave", typical: "stone", lexicon: "pebble brick gravel"),
            WordClass(
                "plaything", "kite umbrella flag ball drum toy", typical: "ball", lexicon: "balloon marble"),
            WordClass("device", "phone clock mirror computer rope", lexicon: "laptop television telescope compass"),
            WordClass(
                "beast", "dog cat horse sheep", typical: "dog",
                lexicon: "lion tiger bear deer rabbit hare badger otter mouse rat leopard panther"),
            WordClass(
                "winged", "bird", typical: "bird", lexicon: "eagle falcon hawk swan goose parrot pigeon dove raven"),
            WordClass("swimming", "fish", typical: "fish", lexicon: "salmon trout carp whale dolphin shark eel"),
        ])
}
