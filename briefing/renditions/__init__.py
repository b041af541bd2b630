"""6. edition > renditions: JSON, Markdown, HTML email, PDF: views of one edition."""
