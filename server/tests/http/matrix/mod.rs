//! Who may what, at every address: each row of the route table asked by everybody about every sort
//! of case, on both engines, judged by what is shown and by what it did.
//!
//! What should happen is written here from the design (sections 3 and 4), by hand; nothing of it is
//! read from the program. A route that stands in no arm of [`rows::ask`] fails the test, so nobody adds
//! one without saying who may ask it.

mod cases;
mod desk;
mod people;
mod rows;
mod world;

use store::testing::each_engine;

use self::world::World;

/// What the design asks for at least (section 9).
const CELLS: usize = 5_000;

#[tokio::test(flavor = "multi_thread")]
async fn no_cell_of_the_matrix_is_wrong() {
    let cells = std::sync::atomic::AtomicUsize::new(0);
    each_engine(|fresh| async {
        let mut world = World::new(fresh).await;
        for who in 0..people::PEOPLE.len() {
            for (method, path) in world.portal.routes.clone() {
                rows::ask(&mut world, who, &method, path).await;
            }
            world.nothing_changed(who).await;
        }
        for (method, path) in world.portal.routes.clone() {
            let asked = world.asked.contains(&(method.clone(), path));
            assert!(asked, "{method} {path} was asked about by nobody");
        }
        let wrong = &world.wrong;
        assert!(
            wrong.is_empty(),
            "{} of {} cells are wrong: {wrong:#?}",
            wrong.len(),
            world.cells
        );
        cells.fetch_add(world.cells, std::sync::atomic::Ordering::Relaxed);
    })
    .await;
    let cells = cells.into_inner();
    assert!(cells >= CELLS, "only {cells} cells");
    println!("{cells} cells");
}
