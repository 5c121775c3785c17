//! What the shop sells.
//!
//! Prices stand here and nowhere else: a browser names a product, never a price.

use crate::locale::Text;

/// One product.
#[derive(Debug)]
pub struct Product {
    /// Name in addresses and forms.
    pub id: &'static str,
    /// What it is called.
    pub name: Text,
    /// One sentence about it.
    pub about: Text,
    /// What its picture shows, for those who cannot see it.
    pub picture: Text,
    /// Price in whole krónur, VAT included.
    pub price: i64,
}

/// All products; the first is the one that a checkout page opened without an order sells.
pub const PRODUCTS: [Product; 6] = [
    Product {
        id: "wool-blanket",
        name: Text::new("Ullarteppið Heiði", "Heiði wool blanket"),
        about: Text::new(
            "Ofið úr íslenskri lambsull, 130\u{a0}×\u{a0}190\u{a0}cm. Hlýtt og létt, og endist í áratugi.",
            "Woven from Icelandic lambswool, 130\u{a0}×\u{a0}190\u{a0}cm. Warm, light, and made to last for decades.",
        ),
        picture: Text::new(
            "Samanbrotið röndótt ullarteppi með kögri",
            "A folded striped wool blanket with fringes",
        ),
        price: 24_500,
    },
    Product {
        id: "ceramic-cup",
        name: Text::new("Keramikbollinn Hver", "Hver ceramic cup"),
        about: Text::new(
            "Renndur í höndunum, með gljáa í lit hveravatns. Tekur 3 dl og má fara í uppþvottavél.",
            "Thrown by hand, glazed the colour of a hot spring. Holds 300 ml and is dishwasher safe.",
        ),
        picture: Text::new(
            "Blágrænn keramikbolli með gufu",
            "A blue-green ceramic cup, steaming",
        ),
        price: 4_900,
    },
    Product {
        id: "candle",
        name: Text::new("Kertið Skammdegi", "Skammdegi candle"),
        about: Text::new(
            "Kerti úr repjuvaxi með ilmi af birki og blóðbergi. Logar í 40 stundir.",
            "Rapeseed wax scented with birch and arctic thyme. Burns for 40 hours.",
        ),
        picture: Text::new("Logandi kerti í glasi", "A lit candle in a glass"),
        price: 1_990,
    },
    Product {
        id: "birch-bowl",
        name: Text::new("Birkiskálin Skógur", "Skógur birch bowl"),
        about: Text::new(
            "Rennd úr grisjunarviði og olíuborin. Engar tvær eru eins. 26 cm í þvermál.",
            "Turned from forest thinnings and oiled. No two are alike. 26 cm across.",
        ),
        picture: Text::new("Viðarskál með eplum", "A wooden bowl with apples"),
        price: 12_900,
    },
    Product {
        id: "wool-socks",
        name: Text::new("Ullarsokkarnir Fjara", "Fjara wool socks"),
        about: Text::new(
            "Prjónaðir úr mjúku bandi með styrktum hæl. Stærðir 36–45.",
            "Knitted from soft yarn with a reinforced heel. Sizes 36–45.",
        ),
        picture: Text::new(
            "Par af mynstruðum ullarsokkum",
            "A pair of patterned wool socks",
        ),
        price: 3_490,
    },
    Product {
        id: "kelp-soap",
        name: Text::new("Þarasápan Brim", "Brim kelp soap"),
        about: Text::new(
            "Handgerð sápa með þara og repjuolíu, án ilmefna. 100 g.",
            "Handmade with kelp and rapeseed oil, no perfume. 100 g.",
        ),
        picture: Text::new(
            "Græn sápa með þaragrein",
            "A green bar of soap with a sprig of kelp",
        ),
        price: 1_490,
    },
];

/// Finds a product by its id.
pub fn find(id: &str) -> Option<&'static Product> {
    PRODUCTS.iter().find(|product| product.id == id)
}
