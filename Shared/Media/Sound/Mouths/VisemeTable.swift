// Sound · pure · sees Contracts, Policies
import Contracts

/// Which mouths a sound makes, by the engine's own name for it, English and Mandarin together.
enum VisemeTable {
    private static let marks = Set("0123456789#-*~;:.^|\"!")

    /// One mouth for most sounds, two or three for those that glide. What the table does not know is tried shorter and
    /// shorter; what is left is a mouth half open.
    static func shapes(of name: String) -> [Viseme] {
        var rest = name
        while !rest.isEmpty {
            if let shapes = known(rest) { return shapes }
            rest.removeLast()
        }
        return [.half]
    }

    /// The shapes of a name, with or without the marks at its end; nil when the table has neither.
    static func known(_ name: String) -> [Viseme]? {
        var rest = name
        while !rest.isEmpty {
            if let shapes = table[rest] { return shapes }
            guard let last = rest.popLast(), marks.contains(last) else { return nil }
        }
        return nil
    }

    private static let rows: [(names: String, shapes: [Viseme])] = [
        ("_ _: _:: _! _| |", [.rest]),
        ("p b m ph", [.mbp]),
        ("f v f# v#", [.fv]),
        ("T D l l^ L n n^ t d t# t2 th dh n# l# n-", [.tongue]),
        ("s z S Z tS dZ ts dz ts. tsh ts.h tS; tS;h s. z. S; Z; j", [.teeth]),
        ("? ; k g N h x X kh gh C ??", [.half]),
        ("@ 3 3: @2 @5 @L @r 3# E E# e@ @- @2r o- I# &", [.half]),
        ("A a A: aa A@ A# 0# V V@ a: a#", [.open]),
        ("I i i: I2 e e: E2 i@ i@3 I@ iI y- i[ i. i.. yi", [.spread]),
        ("0 O O: o o: o@ O@ u u: U U@ w y y: W oo uo o2 U: u. ong iong", [.round]),
        ("r r- R r/", [.round]),
        ("aI ai", [.open, .spread]),
        ("aI@ aI3", [.open, .spread, .half]),
        ("aU au Au aU@", [.open, .round]),
        ("eI ei", [.half, .spread]),
        ("oU ou @U", [.half, .round]),
        ("OI oI", [.round, .spread]),
        ("ia iA", [.spread, .open]),
        ("iAu", [.spread, .open, .round]),
        ("iE ie", [.spread, .half]),
        ("iou iu", [.spread, .round]),
        ("ua uA", [.round, .open]),
        ("uai", [.round, .open, .spread]),
        ("uei", [.round, .spread]),
        ("u@ y@ y& yu yE", [.round, .half]),
    ]

    private static let table: [String: [Viseme]] = rows.reduce(into: [:]) { table, row in
        for name in row.names.split(separator: " ") { table[String(name)] = row.shapes }
    }
}
