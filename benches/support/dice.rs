//! Chance that is the same each time: a stream of numbers from a seed, and ranks by Zipf's law.

/// A stream of numbers that depends on its seed alone (`SplitMix64`: Steele, Lea and Flood, 2014).
pub struct Dice(pub u64);

impl Dice {
    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 up to `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit)) >> 64) as u64
    }

    /// A number from 0 up to 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Draws a rank from 0, the n-th about 1/n as often as the first.
pub struct Zipf {
    sums: Vec<f64>,
}

impl Zipf {
    /// Ranks below `count`, of which there is at least one.
    pub fn over(count: usize) -> Self {
        let sums = (1..=count.max(1))
            .scan(0.0, |sum, rank| {
                *sum += 1.0 / rank as f64;
                Some(*sum)
            })
            .collect();
        Self { sums }
    }

    /// One rank.
    pub fn draw(&self, dice: &mut Dice) -> usize {
        let at = dice.share() * self.sums.last().copied().unwrap_or(1.0);
        self.sums.partition_point(|&sum| sum < at).min(self.sums.len() - 1)
    }
}
