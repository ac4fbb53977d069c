// Contracts · pure · sees nothing

extension ShotWords {
    package static let settings = WordList(
        "settings",
        [
            WordClass(
                "indoors",
                """
                room palace temple church castle tavern shop kitchen bedroom classroom office train cave stairs corridor
                """.oneLine, typical: "room",
                lexicon: """
                    bathroom lobby gallery theatre theater cinema gym garage barn stable prison cell dungeon laboratory
                    lab factory warehouse vault crypt elevator tent laundry mess dormitory parliament courtroom
                    """.oneLine),
            WordClass(
                "outdoors",
                """
                field garden courtyard village street market city_night rooftop station road bridge battlefield ruins
                cemetery desert snowfield
                """.oneLine, typical: "field",
                lexicon: """
                    vineyard plantation campsite camp playground stadium steppe savanna savannah marsh swamp moor heath
                    clearing crater quarry paddock lawn
                    """.oneLine),
            WordClass(
                "heights", "mountains hill sky space", typical: "mountains",
                lexicon: "ridge volcano glacier plateau crag cloud clouds heaven"),
            WordClass("woods", "forest", typical: "forest", lexicon: "thicket copse rainforest taiga bamboo"),
            WordClass(
                "water", "sea shore harbour cliff river lake beach ship underwater", typical: "shore",
                lexicon: "lagoon fjord estuary delta creek brook canal reef cove marina spring"),
            WordClass("nowhere", "limbo"),
        ])
}

extension String {
    /// A long list of words, written over several lines.
    var oneLine: String { split(separator: "\n").joined(separator: " ") }
}
