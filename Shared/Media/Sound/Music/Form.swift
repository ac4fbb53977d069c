// Sound · pure · sees Contracts, Policies
import Policies

/// The bars of a bed: the tempo gives way so that the last bar line, not a cut, meets the scene's end.
struct Form {
    let tonic: Int
    /// Seconds after the last bar line, in which the final chord dies away.
    let tail: Double
    /// Seconds of a bar and of a beat.
    let bar: Double
    let beat: Double
    let bars: Int
    /// One a bar, and one for the end.
    let degrees: [Int]

    init(_ recipe: Recipe, seconds: Double, seed: UInt64, intensity: Double) {
        var dice = Dice(seed, "form")
        tonic = dice.between(recipe.tonics.lowerBound, recipe.tonics.upperBound)
        let tempo = dice.between(recipe.tempo.lowerBound, recipe.tempo.upperBound) * (0.95 + 0.1 * intensity)
        tail = min(4, seconds * 0.25)
        let wished = ((seconds - tail) * tempo / 60 / Double(recipe.beats)).rounded()
        let bars = max(1, Int(wished))
        bar = (seconds - tail) / Double(bars)
        beat = bar / Double(recipe.beats)
        self.bars = bars
        let (first, second) = (dice.pick(recipe.progressions), dice.pick(recipe.progressions))
        degrees = (0...bars).map { number in
            if number == bars { return recipe.cadence.home }
            if number == bars - 1, bars >= 2 { return recipe.cadence.last }
            return (number / 8) % 2 == 0 ? first[number % first.count] : second[number % second.count]
        }
    }

    /// How full the music is: it enters thin, is full at two thirds, and thins out towards the end.
    func arc(_ number: Int) -> Double {
        let x = Double(number) / Double(bars)
        return min(1, 0.45 + 1.1 * x) * (x > 0.8 ? 1 - (x - 0.8) * 1.6 : 1)
    }
}
