use suning_api::methods::custom::batchrejected_query::BatchrejectedQueryRequest;

fn main() {
    BatchrejectedQueryRequest::builder().start_time("2013-10-20 00:00:00").page_size("50");
}
