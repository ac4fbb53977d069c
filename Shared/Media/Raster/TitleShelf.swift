// Raster · pixels · sees Contracts, Policies, Picture
import Picture

/// The words of a shot, set once and faded in and out.
final class TitleShelf {
    private let tableau: Tableau
    private let kit: DrawingKit
    private let screen: Screen
    private var card: Sheet?

    init(_ tableau: Tableau, _ kit: DrawingKit, _ screen: Screen) {
        self.tableau = tableau
        self.kit = kit
        self.screen = screen
    }

    func draw(at time: Double, on canvas: CairoCanvas) throws(RasterFailure) {
        guard tableau.hasWords else { return }
        let alpha = tableau.wordsAlpha(at: time)
        guard alpha > 0.004 else { return }
        canvas.place(try set(), x: 0, y: 0, alpha: alpha)
    }

    private func set() throws(RasterFailure) -> Sheet {
        if let card { return card }
        let sheet = try Sheet(screen.width, screen.height, for: "the title")
        let canvas = try CairoCanvas(sheet, kit, baking: true)
        let painter = Painter(canvas, pack: tableau.pack, light: tableau.light, scale: screen.scale)
        canvas.through(.scaled(screen.scale, screen.scale)) { tableau.drawWords(with: painter) }
        try canvas.check("the title")
        card = sheet
        return sheet
    }
}
