// Entities · pure · sees Contracts, Policies, Ingest

/// Words of a lexicon, written with blanks between them.
package func words(_ list: String) -> [String] { list.split(whereSeparator: \.isWhitespace).map(String.init) }

/// A lexicon from lines of `meaning: words`.
package func lexicon(_ lines: [(meaning: String, words: String)]) -> [String: String] {
    var table: [String: String] = [:]
    for line in lines {
        for word in words(line.words) { table[word] = line.meaning }
    }
    return table
}

/// From a word as it stands in the text to the forms a lexicon may know it by.
package enum Lemma {
    private static let irregular: [String: String] = {
        var table: [String: String] = [:]
        for pair in words(
            """
            ran:run sat:sit held:hold wept:weep stood:stand knelt:kneel lay:lie lain:lie came:come went:go gone:go \
            took:take taken:take gave:give given:give rose:rise risen:rise fell:fall fallen:fall flew:fly flown:fly \
            swam:swim rode:ride ridden:ride drove:drive driven:drive brought:bring caught:catch threw:throw \
            thrown:throw slept:sleep woke:wake woken:wake ate:eat eaten:eat drank:drink sang:sing sung:sing wrote:write \
            written:write read:read drew:draw drawn:draw saw:see seen:see felt:feel left:leave met:meet kept:keep \
            found:find thought:think knew:know known:know told:tell said:say heard:hear began:begin begun:begin \
            bent:bend led:lead lit:light shone:shine shook:shake shaken:shake hid:hide hidden:hide crept:creep \
            leapt:leap leaned:lean leant:lean swung:swing spun:spin clung:cling hung:hang struck:strike fought:fight \
            built:build dug:dig put:put set:set let:let cut:cut shut:shut hurt:hurt lost:lose won:win wore:wear \
            worn:wear tore:tear torn:tear broke:break broken:break spoke:speak spoken:speak stole:steal stolen:steal \
            froze:freeze frozen:freeze blew:blow blown:blow grew:grow grown:grow sank:sink sunk:sink sprang:spring \
            sent:send lent:lend bought:buy sold:sell paid:pay made:make waited:wait rowed:row died:die dying:die \
            lying:lie tying:tie tied:tie slid:slide swept:sweep dreamt:dream smelt:smell stuck:stick flung:fling \
            bit:bite laid:lay rang:ring forgot:forget forgotten:forget became:become chose:choose
            """)
        {
            let halves = pair.split(separator: ":")
            if halves.count == 2 { table[String(halves[0])] = String(halves[1]) }
        }
        return table
    }()

    /// "met", "kept": a past form nobody takes for a noun.
    static func isPastForm(_ key: String) -> Bool {
        irregular[key] != nil
            && ![
                "rose", "saw", "left", "felt", "lit", "set", "cut", "lay", "let", "put", "read", "hurt", "wound",
                "ground", "bit", "found",
            ].contains(key)
    }

    /// The word itself first, then what its endings may hide: `hugged` → `hugged hugg hug`.
    package static func forms(of key: String) -> [String] {
        var forms = [key]
        if let base = irregular[key] { forms.append(base) }
        func strip(_ ending: String, _ replacement: String = "") {
            guard key.count > ending.count + 1, key.hasSuffix(ending) else { return }
            forms.append(key.dropLast(ending.count) + replacement)
        }
        strip("ies", "y")
        strip("ied", "y")
        strip("ves", "f")
        strip("ves", "fe")
        strip("es")
        strip("s")
        strip("ed")
        strip("ed", "e")
        strip("ing")
        strip("ing", "e")
        for ending in ["ed", "ing"] where key.hasSuffix(ending) {
            let stem = key.dropLast(ending.count)
            if let last = stem.last, stem.dropLast().last == last { forms.append(String(stem.dropLast())) }
        }
        return forms
    }

    /// The noun itself, or the one its plural ending hides; a verb's endings hide no noun.
    package static func noun<Meaning>(_ key: String, in table: [String: Meaning]) -> (form: String, meaning: Meaning)? {
        if let meaning = table[key] { return (key, meaning) }
        let endings = [("ies", "y"), ("ves", "f"), ("ves", "fe"), ("es", ""), ("s", "")]
        for (ending, singular) in endings where key.count > ending.count + 1 && key.hasSuffix(ending) {
            let form = String(key.dropLast(ending.count)) + singular
            if let meaning = table[form] { return (form, meaning) }
        }
        return nil
    }

    /// The first form a lexicon knows, with what it says about it.
    package static func look<Meaning>(_ key: String, in table: [String: Meaning]) -> (form: String, meaning: Meaning)? {
        if let meaning = table[key] { return (key, meaning) }
        for form in forms(of: key).dropFirst() {
            if let meaning = table[form] { return (form, meaning) }
        }
        return nil
    }
}
